using PatroniOps.Observing;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>SlotMissingTransient, SlotMissing, SlotLost, SlotUnreserved, SlotDoesNotProtect: the slot through which a member should stream.</summary>
internal sealed class SlotRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        var wanted = SlotComparison.Compare(context.Snapshot).Where(s => s is { ShouldBeActive: true, ForMember: not null }).ToList();
        foreach (var link in context.StreamingCandidates)
        {
            var slot = wanted.FirstOrDefault(s => s.ForMember == link.Replica.Name && s.Member == link.Upstream?.Name);
            if (slot is not null && Judge(link, slot, context) is { } finding)
                yield return finding;
        }
    }

    private static Finding? Judge(ReplicaLink link, PatroniSlot slot, DiagnosisContext context) => slot.Status switch
    {
        PatroniSlotStatus.Missing => Missing(link, slot, context),
        PatroniSlotStatus.Lost => New("SlotLost", FindingSeverity.Critical, link, slot, context,
            $"Slot {slot.SlotName} on {slot.Member} is lost: the WAL that it was to keep is gone, and a stream through it is refused.",
            "The replica was away or slow for longer than max_slot_wal_keep_size allows."),
        PatroniSlotStatus.Unreserved => Unreserved(link, slot, context),
        _ when context.IsStreaming(link) == false && context.WalOf(link.Replica.Name) is { IsSlotProtecting: false, NeededLsn: { } needed, IsAvailable: not true } && slot.RestartLsn > needed =>
            New("SlotDoesNotProtect", FindingSeverity.Warning, link, slot, context,
                $"Slot {slot.SlotName} on {slot.Member} starts at {slot.RestartLsn}, ahead of the {needed} that {link.Replica.Name} needs: it keeps nothing for it.",
                "Patroni recreated the slot at the current position after the member had come back."),
        _ => null,
    };

    private static Finding? Missing(ReplicaLink link, PatroniSlot slot, DiagnosisContext context)
    {
        var seen = context.Since(context.ObservedOf(link.Replica.Name)?.SlotMissingSince) ?? TimeSpan.Zero;
        var up = context.UpFor(link.Replica);
        var isOld = seen >= context.SlotGrace || (up >= context.SlotGrace && (context.ServingFor(link.Upstream!) ?? TimeSpan.MaxValue) >= context.SlotGrace);
        // A replica that streams all the same loses its protection, not its stream.
        if (isOld)
            return New("SlotMissing", FindingSeverity.Critical, link, slot, context,
                $"Slot {slot.SlotName} is missing on {slot.Member} for longer than the {context.SlotGrace.TotalSeconds:0} s in which Patroni creates it.",
                "Slots exhausted, dropped by hand (Patroni 3.0 does not recreate it), a name collision, or a member key that Patroni does not see.");
        return New("SlotMissingTransient", FindingSeverity.Info, link, slot, context,
            $"Slot {slot.SlotName} does not exist yet on {slot.Member}; Patroni creates it within {context.LoopWait.TotalSeconds:0} s.", null);
    }

    private static Finding Unreserved(ReplicaLink link, PatroniSlot slot, DiagnosisContext context)
    {
        var limit = link.Upstream?.Postgres.Settings.Value?.MaximumSlotWalBytes;
        var isShort = slot.SafeWalSize is { } safe && limit is { } maximum && safe < maximum * context.Thresholds.SlotSafeFraction;
        return New("SlotUnreserved", isShort ? FindingSeverity.Critical : FindingSeverity.Warning, link, slot, context,
            $"Slot {slot.SlotName} on {slot.Member} is about to lose its WAL: {(slot.SafeWalSize is { } left ? $"{Words.Bytes(left)} left" : "the rest is not known")}.",
            "The replica is slower than the leader writes, or hangs.") with
        { Area = FindingArea.Service };
    }

    private static Finding New(string id, FindingSeverity severity, ReplicaLink link, PatroniSlot slot, DiagnosisContext context, string message, string? cause) => new()
    {
        Id = id,
        Member = link.Replica.Name,
        Severity = severity,
        Area = FindingArea.Replication,
        Message = message,
        Cause = cause,
        NextCommand = severity == FindingSeverity.Info ? null : $"{(id is "SlotMissing" or "SlotLost" ? "Repair" : "Get")}-PatroniSlot -Cluster {PowerShellText.Quote(context.Snapshot.Cluster)} -SlotName {PowerShellText.Quote(slot.SlotName)}",
        Evidence =
        [
            new("slot", $"{slot.Status}, wal_status {slot.WalStatus ?? "none"}, restart_lsn {slot.RestartLsn?.ToString() ?? "none"}, safe_wal_size {slot.SafeWalSize?.ToString() ?? "none"}", $"{slot.Member} pg_replication_slots"),
            new("expected because", slot.ExpectedBecause?.ToString() ?? "unknown", "Patroni's rules"),
        ],
    };
}
