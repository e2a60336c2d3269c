using static PatroniOps.Diagnosis.Verdict;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>Scenario by scenario, what the real cluster must give.</summary>
internal static class ExpectedVerdicts
{
    public static Expectation Of(string scenario) => All[scenario];

    private static readonly Dictionary<string, Expectation> All = new(StringComparer.Ordinal)
    {
        ["healthy"] = new(Healthy, Healthy),
        ["busy"] = new(Healthy, Healthy),
        ["paused"] = new(Healthy, Healthy, "cluster ClusterPaused Info"),
        ["slot-missing-transient"] = new(Healthy, Healthy, "member SlotMissingTransient Info") { IsBrief = true },
        ["slot-dropped"] = new(PseudoHealthy, PseudoHealthy, "member SlotMissing Critical", "member ReplicaNotStreaming Critical"),
        ["slots-full"] = new(Critical, PseudoHealthy, "leader SlotsExhausted Critical", "member SlotMissing Critical", "member ReplicaNotStreaming Critical")
        {
            Leader = Critical,
        },
        ["senders-full"] = new(Critical, PseudoHealthy, "leader SendersExhausted Critical", "member ReplicaNotStreaming Critical") { Leader = Critical },
        ["wal-removed"] = new(PseudoHealthy, PseudoHealthy, "member WalMissing Critical", "member ReplicaNotStreaming Critical", "member SlotDoesNotProtect Warning"),
        ["wrong-password"] = new(PseudoHealthy, PseudoHealthy, "member ReplicaNotStreaming Critical"),
        // Streams outlive a change of the password: nothing is wrong that could be seen, and nothing may be made up.
        ["wrong-password-living"] = new(Healthy, Healthy) { IsAtOnce = true },
        ["quiet-stream"] = new(Healthy, Healthy) { IsAtOnce = true },
        ["apply-delay"] = new(Healthy, Healthy, "member ReplayDelayed Info"),
        ["permanent-slot-misplaced"] = new(Degraded, Healthy, "cluster PermanentSlotIgnored Warning"),
        ["permanent-slot-dashes"] = new(Degraded, Healthy, "cluster PermanentSlotIgnored Warning"),
        ["collation-outdated"] = new(Degraded, Degraded, "leader CollationOutdated Warning", "member CollationOutdated Warning", "other CollationOutdated Warning")
        {
            Leader = Degraded,
            Others = Degraded,
        },
        ["replay-paused"] = new(Degraded, Degraded, "cluster ClusterPaused Info", "member ReplayPaused Warning"),
        ["replay-blocked"] = new(Degraded, Degraded, "member ReplayBlocked Warning"),
        ["patroni-unreachable"] = new(Degraded, Degraded, "member PatroniUnreachable Warning") { IsBrief = true },
        ["patroni-down"] = new(Degraded, Degraded, "member PatroniDown Warning"),
        ["leader-rest-hanging"] = new(Degraded, Healthy, "leader PatroniUnreachable Warning") { Leader = Degraded, IsBrief = true },
        ["postgres-down"] = new(Critical, Critical, "member PostgresDown Critical"),
        ["member-down"] = new(Critical, Critical, "member MemberDown Critical") { IsBrief = true },
        ["member-absent"] = new(Degraded, Degraded, "member MemberAbsent Warning"),
        ["archive-gap"] = new(PseudoHealthy, PseudoHealthy, "member WalMissing Critical", "member ArchiveGap Critical", "member ReplicaNotStreaming Critical", "member SlotDoesNotProtect Warning"),
        ["restore-command-missing"] = new(PseudoHealthy, PseudoHealthy, "member RestoreCommandMissing Critical", "member ReplicaNotStreaming Critical", "member SlotDoesNotProtect Warning"),
        ["restore-command-failing"] = new(PseudoHealthy, PseudoHealthy, "member RestoreCommandFailing Critical", "member ReplicaNotStreaming Critical"),
        ["catching-up-from-archive"] = new(Degraded, Degraded, "member CatchingUpFromArchive Warning") { IsBrief = true },
        ["archiver-failing"] = new(Degraded, Healthy, "leader ArchiverFailing Warning") { Leader = Degraded },
        ["archive-command-lies"] = new(Degraded, Healthy, "leader ArchiveCommandLies Critical") { Leader = Degraded },
        ["slot-lost"] = new(PseudoHealthy, PseudoHealthy, "member SlotLost Critical", "member WalMissing Critical", "member ReplicaNotStreaming Critical"),
        ["slot-retaining"] = new(Degraded, Healthy, "leader SlotRetainingWal Warning") { Leader = Degraded },
        ["slot-unreserved"] = new(Critical, Critical, "member SlotUnreserved Critical", "member ReplayLag Warning") { IsBrief = true },
        ["frozen-receiver"] = new(Critical, Critical, "member ReceiverStale Critical", "member SlotUnreserved Critical", "leader CheckpointBlocked Critical") { Leader = Critical },
        ["receiver-stuck"] = new(Critical, Critical, "member ReceiverStale Critical"),
        ["two-primaries"] = new(Critical, PseudoHealthy, "cluster TwoPrimaries Critical", "member TimelineDiverged Critical", "member ElectionRisk Critical", "member PatroniUnreachable Warning") { IsBrief = true },
        ["diverged-old-leader"] = new(PseudoHealthy, PseudoHealthy, "member TimelineDiverged Critical", "member ElectionRisk Critical"),
        ["swap-accident"] = new(PseudoHealthy, PseudoHealthy, "member AheadOfLeader Critical", "member ElectionRisk Critical"),
        ["swap-as-primary"] = new(Critical, PseudoHealthy,
            "cluster ClusterPaused Info", "leader LeaderBehindReplicas Critical", "member AheadOfLeader Critical", "member ElectionRisk Critical", "other AheadOfLeader Critical", "other ElectionRisk Critical")
        {
            Leader = Critical,
            Others = PseudoHealthy,
        },
        ["slot-name-collision"] = new(Critical, PseudoHealthy, "cluster SlotNameCollision Critical", "member ReplicaNotStreaming Critical"),
        ["wrong-system-identifier"] = new(Critical, Critical, "cluster ClusterPaused Info", "member SystemIdentifierMismatch Critical", "member PendingRestart Info"),
        ["cascade-upstream-broken"] = new(Critical, PseudoHealthy, "cluster SoleCopy Critical", "member WalMissing Critical", "member ReplicaNotStreaming Critical", "member SlotDoesNotProtect Warning", "other UpstreamBroken Critical")
        {
            Others = PseudoHealthy,
        },
    };
}
