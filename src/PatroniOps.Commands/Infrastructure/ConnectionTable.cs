using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PatroniOps.Connections;

namespace PatroniOps.Commands;

/// <summary>The open connections of one runspace; the newest is the current one.</summary>
internal sealed class ConnectionTable
{
    private static readonly ConditionalWeakTable<Runspace, ConnectionTable> Tables = [];

    private readonly List<PatroniConnection> connections = [];

    /// <summary>The table of the runspace that the calling pipeline thread runs in.</summary>
    public static ConnectionTable OfThisRunspace() => Tables.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>Newest last.</summary>
    public IReadOnlyList<PatroniConnection> All => connections;

    public PatroniConnection? Current => connections.LastOrDefault();

    public void Add(PatroniConnection connection) => connections.Add(connection);

    public void Remove(PatroniConnection connection) => connections.Remove(connection);

    public PatroniConnection? Find(Guid id) => connections.FirstOrDefault(c => c.ConnectionId == id);

    /// <summary>The newest connection to each cluster whose name matches.</summary>
    public IEnumerable<PatroniConnection> Find(string clusterPattern)
    {
        var pattern = WildcardPattern.Get(clusterPattern, WildcardOptions.IgnoreCase);
        return connections.Where(c => pattern.IsMatch(c.Cluster)).Reverse().DistinctBy(c => (c.Cluster, c.SystemIdentifier)).Reverse();
    }
}
