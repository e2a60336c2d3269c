using System.Management.Automation;
using PatroniOps.Observing;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniMember: each member as Patroni presents it and as PostgreSQL shows it, absent members included.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniMember")]
[OutputType(typeof(PatroniMember))]
public sealed class GetPatroniMemberCommand : SnapshotCmdlet
{
    /// <summary>Members by name; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        var wanted = MemberFilter(Member, snapshot);
        foreach (var member in PatroniMember.FromSnapshot(snapshot).Where(m => wanted(m.Member)))
            Emit(member);
    }, cancellationToken);
}
