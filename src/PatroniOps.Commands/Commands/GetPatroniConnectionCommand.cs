using System.Management.Automation;
using PatroniOps.Connections;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniConnection: the open connections of this session, the current one last.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniConnection")]
[OutputType(typeof(PatroniConnection))]
public sealed class GetPatroniConnectionCommand : PSCmdlet
{
    /// <summary>Clusters by name; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public string[]? Cluster { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var table = ConnectionTable.OfThisRunspace();
        WriteObject(Cluster is null ? table.All.ToList() : Cluster.SelectMany(table.Find).Distinct().ToList(), enumerateCollection: true);
    }
}
