using System.Management.Automation;
using PatroniOps.Observing;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniReplication: each edge of the replication graph with both of its ends.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniReplication")]
[OutputType(typeof(PatroniReplication))]
public sealed class GetPatroniReplicationCommand : SnapshotCmdlet
{
    /// <summary>The receiving ends, by name; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        var streams = PatroniReplication.FromSnapshot(snapshot).ToList();
        var wanted = MemberFilter(Member, snapshot, streams.Select(s => s.Member));
        foreach (var item in streams.Where(s => wanted(s.Member)))
            Emit(item);
    }, cancellationToken);
}
