using System.Collections.Concurrent;

namespace PatroniOps.Snapshots;

/// <summary>
/// Tells clusters of one name apart over many looks. A look at which nobody told the system identifier belongs to the cluster that the same connection
/// looked at before. Several threads may ask.
/// </summary>
public sealed class ClusterIdentities
{
    private readonly ConcurrentDictionary<(string Cluster, Guid ConnectionId), string> told = new();

    /// <summary>The name and PostgreSQL's system identifier; null when no look of the connection has told it yet.</summary>
    public (string Cluster, string? SystemIdentifier) Of(ClusterSnapshot snapshot)
    {
        var place = (snapshot.Cluster, snapshot.ConnectionId);
        if (snapshot.SystemIdentifier is not { } identifier)
            return (snapshot.Cluster, snapshot.ConnectionId == Guid.Empty ? null : told.GetValueOrDefault(place));
        told[place] = identifier;
        return (snapshot.Cluster, identifier);
    }
}
