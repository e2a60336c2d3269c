using PatroniOps.Observing;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>SlotRetainingWal, SlotOrphan: a slot that nobody uses and that keeps WAL from being recycled.</summary>
internal sealed class SlotRetainingRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var slot in SlotComparison.Compare(context.Snapshot).Where(s => s.IsActive == false && s.Status is PatroniSlotStatus.Inactive or PatroniSlotStatus.Unexpected or PatroniSlotStatus.Ignored))
        {
            var isOrphan = slot.Status == PatroniSlotStatus.Unexpected;
            if (slot.WalStatus == "extended" || slot.RetainedBytes >= context.Thresholds.SlotRetainedWarningBytes)
                yield return Retaining(slot, context);
            else if (isOrphan)
                yield return New("SlotOrphan", FindingSeverity.Info, slot, context, $"Slot {slot.SlotName} on {slot.Member} is wanted by no rule of Patroni's and used by nobody.");
        }
    }

    private static Finding Retaining(PatroniSlot slot, DiagnosisContext context)
    {
        var node = context.Snapshot.Members.First(m => m.Name == slot.Member);
        var limit = node.Postgres.Settings.Value?.MaximumSlotWalBytes;
        var isNear = slot.RetainedBytes >= context.Thresholds.SlotRetainedCriticalBytes
            || (slot.SafeWalSize is { } safe && limit is { } maximum && safe < maximum * context.Thresholds.SlotSafeFraction);
        return New("SlotRetainingWal", isNear ? FindingSeverity.Critical : FindingSeverity.Warning, slot, context,
            $"Slot {slot.SlotName} on {slot.Member} is used by nobody and keeps {(slot.RetainedBytes is { } bytes ? Words.Bytes(bytes) : "an unknown amount")} of WAL{(slot.SafeWalSize is null ? ", without a limit" : "")}.");
    }

    private static Finding New(string id, FindingSeverity severity, PatroniSlot slot, DiagnosisContext context, string message) => new()
    {
        Id = id,
        Member = slot.Member,
        Severity = severity,
        Area = FindingArea.Service,
        Message = message,
        Cause = slot.ForMember is { } member ? $"It belongs to {member}." : "Its consumer is stopped or gone.",
        NextCommand = $"{(slot.Status == PatroniSlotStatus.Unexpected ? "Repair" : "Get")}-PatroniSlot -Cluster {PowerShellText.Quote(context.Snapshot.Cluster)} -SlotName {PowerShellText.Quote(slot.SlotName)}",
        Evidence = [new("slot", $"{slot.WalStatus}, restart_lsn {slot.RestartLsn}, safe_wal_size {slot.SafeWalSize?.ToString() ?? "none"}", $"{slot.Member} pg_replication_slots")],
    };
}
