using System.Collections;
using PatroniOps.Connections;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>The clusters that a command line is about, and what a short look at them shows.</summary>
/// <param name="Connections">The connections that it would work on.</param>
/// <param name="Snapshots">Recorded clusters that it names, and of its connections those that answered in time.</param>
/// <param name="Silent">The connections that did not.</param>
internal sealed record MeantClusters(IReadOnlyList<PatroniConnection> Connections, IReadOnlyList<ClusterSnapshot> Snapshots, IReadOnlyList<PatroniConnection> Silent)
{
    /// <summary>As the cmdlets choose: what is recorded, -Connection, -Cluster, else the current connection. Addresses are not connected to at the prompt.</summary>
    public static MeantClusters Of(IDictionary bound)
    {
        if (BoundValues.Of<ClusterSnapshot>(bound, "Snapshot").ToList() is { Count: > 0 } recorded)
            return new([], recorded, []);
        var connections = Chosen(bound).ToList();
        var looks = connections.Select(c => (Connection: c, Look: PromptLook.At(c))).ToList();
        return new(connections, [.. looks.Select(l => l.Look).OfType<ClusterSnapshot>()], [.. looks.Where(l => l.Look is null).Select(l => l.Connection)]);
    }

    private static IEnumerable<PatroniConnection> Chosen(IDictionary bound)
    {
        var table = ConnectionTable.OfThisRunspace();
        if (BoundValues.Of<PatroniConnection>(bound, "Connection").ToList() is { Count: > 0 } given)
            return given;
        if (bound.Contains("Uri") || bound.Contains("Snapshot"))
            return [];
        return BoundValues.Of<string>(bound, "Cluster").ToList() is { Count: > 0 } named ? named.SelectMany(table.Find).Distinct() : table.Current is { } current ? [current] : [];
    }
}
