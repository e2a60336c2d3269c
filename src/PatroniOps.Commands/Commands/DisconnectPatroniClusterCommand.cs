using System.Management.Automation;
using PatroniOps.Connections;

namespace PatroniOps.Commands;

/// <summary>Disconnect-PatroniCluster: closes connections; without any given, the current one.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "PatroniCluster")]
public sealed class DisconnectPatroniClusterCommand : PSCmdlet
{
    /// <summary>The connections to close.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public PatroniConnection[]? Connection { get; set; }

    /// <summary>Clusters by name; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public string[]? Cluster { get; set; }

    /// <summary>Forgets the members too that are remembered between sessions: for a member that was taken out of the cluster for good.</summary>
    [Parameter]
    public SwitchParameter Forget { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var table = ConnectionTable.OfThisRunspace();
        var chosen = Connection ?? (Cluster is not null ? [.. Cluster.SelectMany(table.Find)] : table.Current is { } current ? [current] : []);
        foreach (var connection in chosen.Distinct().ToList())
        {
            if (Forget)
                connection.Forget();
            table.Remove(connection);
            connection.Dispose();
        }
    }
}
