using PatroniOps.Archives;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Observing;

namespace PatroniOps.Reporting.Nagios;

/// <summary>What each judgement of the module is to Nagios. Pure.</summary>
public static class NagiosReport
{
    /// <summary>Null for an object of another kind.</summary>
    public static NagiosResult? Of(object judgement) => judgement switch
    {
        ClusterVerdict cluster => Of(cluster),
        MemberVerdict member => Result(StatusOf(member.Verdict), $"{member.Cluster}/{member.Member} is {member.Verdict}", member.Findings),
        WalAvailability need => Of(need),
        WalArchiveStatus status => Of(status),
        WalArchiveTest test => Of(test),
        PatroniBackupTest test => Of(test),
        _ => null,
    };

    private static NagiosResult Of(ClusterVerdict cluster) => Result(StatusOf(cluster.Verdict), $"{cluster.Cluster} is {cluster.Verdict}", cluster.Findings) with
    {
        Values =
        [
            new("members", cluster.Members.Count),
            .. Enum.GetValues<FindingSeverity>().OrderDescending().Select(s => new NagiosValue($"{s.ToString().ToLowerInvariant()}_findings", cluster.Findings.Count(f => f.Severity == s))),
        ],
    };

    private static NagiosResult Of(WalAvailability need) => new()
    {
        Status = need switch
        {
            { Status: WalAvailabilityStatus.Missing or WalAvailabilityStatus.Diverged or WalAvailabilityStatus.OnAnotherMember } or { IsAvailable: false } => NagiosStatus.Critical,
            { Status: WalAvailabilityStatus.Unknown } or { IsAvailable: null } => NagiosStatus.Unknown,
            { Status: WalAvailabilityStatus.Streaming or WalAvailabilityStatus.CatchingUp } => NagiosStatus.Ok,
            _ => NagiosStatus.Warning,
        },
        Text = need.Reason,
        Values = [new($"{need.Member}.lag", need.LagBytes, "B"), new($"{need.Member}.missing", need.MissingBytes, "B")],
    };

    private static NagiosResult Of(WalArchiveStatus status) => new()
    {
        Status = status.State switch
        {
            WalArchivingState.Archiving or WalArchivingState.Standby => NagiosStatus.Ok,
            WalArchivingState.Off => NagiosStatus.Warning,
            WalArchivingState.Failing or WalArchivingState.Stuck or WalArchivingState.NotConfigured => NagiosStatus.Critical,
            _ => NagiosStatus.Unknown,
        },
        Text = $"archiving of {status.Cluster}/{status.Member} is {status.State}: {status.Detail}",
        Values = [new($"{status.Member}.ready", status.ReadyCount), new($"{status.Member}.oldest_ready", status.OldestReadyAge?.TotalSeconds, "s"), new($"{status.Member}.archive_lag", status.LagBytes, "B")],
    };

    private static NagiosResult Of(WalArchiveTest test) => new()
    {
        Status = test.Verdict switch { WalArchiveVerdict.Good => NagiosStatus.Ok, WalArchiveVerdict.Unknown => NagiosStatus.Unknown, _ => NagiosStatus.Critical },
        Text = $"archive {test.Location} is {test.Verdict}: {test.Reason}",
        Values = test.Verdict == WalArchiveVerdict.Unknown ? [new("gaps", null), new("problems", null)] : [new("gaps", test.Gaps.Count), new("problems", test.Problems.Count), new("behind", test.BehindBytes, "B")],
    };

    private static NagiosResult Of(PatroniBackupTest test) => new()
    {
        // What was skipped was not seen: as good as unknown.
        Status = test.IsSuccess ? NagiosStatus.Ok : test.Outcome == BackupCheckOutcome.Failed ? NagiosStatus.Critical : NagiosStatus.Unknown,
        Text = $"backup {test.Label} in {test.Repository}: {(test.IsSuccess ? test.IsRestored ? "it was restored, and every check passed" : "every check passed; it was not restored" : test.Reason)}",
        Values = [new("age", (test.TestedAt - test.BackupStartedAt)?.TotalSeconds, "s"), new("recovery", test.RecoveryTime?.TotalSeconds, "s"), new("loss", test.DataLoss?.TotalSeconds, "s")],
    };

    private static NagiosResult Result(NagiosStatus status, string text, IReadOnlyList<Finding> findings) => new()
    {
        Status = status,
        Text = string.Join("; ", findings.Where(f => f.Severity != FindingSeverity.Info).Select(f => $"{f.Id}: {f.Message}").Prepend(text)),
    };

    private static NagiosStatus StatusOf(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => NagiosStatus.Ok,
        Verdict.Degraded => NagiosStatus.Warning,
        Verdict.PseudoHealthy or Verdict.Critical => NagiosStatus.Critical,
        _ => NagiosStatus.Unknown,
    };
}
