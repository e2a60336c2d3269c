using System.Management.Automation;
using PatroniOps.Observing;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniSlot: for every node every slot that it should have beside every slot that it has.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniSlot")]
[OutputType(typeof(PatroniSlot))]
public sealed class GetPatroniSlotCommand : SnapshotCmdlet
{
    /// <summary>The nodes to look at, by member name; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <summary>Slots by name; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SlotCompleter))]
    public string[]? SlotName { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachSnapshotAsync((snapshot, _) =>
    {
        var wanted = MemberFilter(Member, snapshot);
        var named = SlotFilter(SlotName, snapshot);
        foreach (var slot in SlotComparison.Compare(snapshot).Where(s => wanted(s.Member) && named(s.SlotName)))
            Emit(slot);
    }, cancellationToken);
}
