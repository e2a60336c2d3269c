using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>DiskFilling: something keeps WAL without a limit on the leader, and at the present rate its disk is full before long.</summary>
internal sealed class DiskFillingRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        // What nobody holds is recycled, and the disk does not fill.
        if (context.Leader is not { Disk.Value: { } disk } leader || Holder(leader, context) is not { } holder || context.Snapshot.WalBytesPerSecond is not { } rate || rate <= 0)
            yield break;
        var seconds = disk.FreeBytes / rate;
        if (seconds >= context.Thresholds.DiskFullWarning.TotalSeconds)
            yield break;
        var left = TimeSpan.FromSeconds(seconds);
        yield return new Finding
        {
            Id = "DiskFilling",
            Member = leader.Name,
            Severity = left < context.Thresholds.DiskFullCritical ? FindingSeverity.Critical : FindingSeverity.Warning,
            Area = FindingArea.Service,
            Message = $"The disk of pg_wal on {leader.Name} is full in {Words.Duration(left)}: {Words.Bytes(disk.FreeBytes)} are free, {Words.Bytes((long)rate)} of WAL come a second, and {holder} keeps all of it.",
            Cause = "A primary whose disk is full stops. Let the holder go on, limit it (max_slot_wal_keep_size), or let it go.",
            NextCommand = context.Command("Measure-WalRetention"),
            Evidence =
            [
                new("disk", $"{disk.FreeBytes} of {disk.TotalBytes} bytes free", $"{leader.Name} df"),
                new("WAL rate", $"{rate:0} bytes a second", "the leader's position, twice"),
            ],
        };
    }

    private static string? Holder(MemberSnapshot leader, DiagnosisContext context)
    {
        if (ArchiverRule.IsBehind(leader, context))
            return "the archiver, which does not get on,";
        return leader.Postgres.Settings.IsKnown && leader.Postgres.Settings.Value!.MaximumSlotWalBytes is null
            && leader.Postgres.Slots.Value?.FirstOrDefault(s => s is { IsActive: false, RestartLsn: not null, WalStatus: "extended" or "reserved" }) is { } slot
            ? $"the unused slot {slot.Name}"
            : null;
    }
}
