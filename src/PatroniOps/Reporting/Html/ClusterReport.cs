using PatroniOps.Advice;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Snapshots;

namespace PatroniOps.Reporting.Html;

/// <summary>One cluster's part of a report: its newest look, judged.</summary>
internal sealed record ClusterReport
{
    public required int Number { get; init; }

    public required ClusterSnapshot Snapshot { get; init; }

    public required ClusterVerdict Verdict { get; init; }

    public required IReadOnlyList<PatroniMember> Members { get; init; }

    public required IReadOnlyList<WalAvailability> Wal { get; init; }

    public required LagHistory Lag { get; init; }

    public required IReadOnlyList<PatroniSlot> Slots { get; init; }

    public required IReadOnlyList<WalArchiveStatus> Archiving { get; init; }

    public required IReadOnlyList<ConfigurationAdvice> Advice { get; init; }

    /// <summary>Null: no backups were given, which says nothing of whether there are any.</summary>
    public required IReadOnlyList<PatroniBackup>? Backups { get; init; }

    /// <summary>The anchor of a part of it.</summary>
    public string Id(string part) => $"c{Number}-{part}";

    public static ClusterReport Of(int number, ClusterSnapshot snapshot, LagHistory lag, IReadOnlyList<PatroniBackup>? backups, Thresholds thresholds) => new()
    {
        Number = number,
        Snapshot = snapshot,
        Verdict = ClusterDiagnosis.Judge(snapshot, thresholds),
        Members = [.. PatroniMember.FromSnapshot(snapshot)],
        Wal = [.. WalAvailabilityJudge.Judge(snapshot)],
        Lag = lag,
        Slots = [.. SlotComparison.Compare(snapshot)],
        Archiving = [.. WalArchiveStatus.FromSnapshot(snapshot, null, thresholds)],
        Advice = [.. ConfigurationJudge.Judge(snapshot, new AdviceOptions())],
        Backups = backups,
    };
}
