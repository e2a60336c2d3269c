using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class LeaderBehindRuleTests
{
    private const string Beyond = "0/9000200";
    private const string Same = "0/9000100";

    [Theory]
    [InlineData(Beyond, Beyond, "a LeaderBehindReplicas, b AheadOfLeader, b ElectionRisk, c AheadOfLeader, c ElectionRisk")]
    [InlineData(Beyond, Same, "b AheadOfLeader, b ElectionRisk")]
    [InlineData(Same, Same, "")]
    public void Only_when_no_replica_agrees_with_the_leader_is_it_the_leader_that_went_back(string b, string c, string expected) =>
        Assert.Equal(expected, Criticals(At(At(Cluster.Healthy(), "b", b), "c", c)));

    [Fact]
    public void It_stays_known_when_the_leader_has_passed_them()
    {
        var behind = At(At(Cluster.Healthy(), "b", Beyond), "c", Beyond);
        var observed = Observer.Observe(behind, new Observations()).Observed;
        var later = Observer.Observe(Cluster.Healthy(), observed);

        Assert.StartsWith("a LeaderBehindReplicas", Criticals(later), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 2, "a LeaderBehindReplicas, b ElectionRisk, b TimelineDiverged, c ElectionRisk, c TimelineDiverged")]
    [InlineData(2, 1, "b ElectionRisk, b TimelineDiverged")]
    public void A_leader_on_an_older_timeline_than_all_who_could_agree_has_missed_a_promotion(int b, int c, string expected) =>
        Assert.Equal(expected, Criticals(On(On(Cluster.Healthy(), "b", b), "c", c)));

    [Fact]
    public void A_leader_that_takes_no_writes_yet_has_missed_nothing() =>
        Assert.DoesNotContain("LeaderBehindReplicas", Criticals(On(On(Cluster.Healthy(), "b", 2), "c", 2) with { LeaderLsnAfter = null }), StringComparison.Ordinal);

    [Fact]
    public void A_member_of_a_newer_timeline_is_not_copied_over_from_such_a_leader()
    {
        var snapshot = On(On(Cluster.Healthy(), "b", 2), "c", 2);

        Assert.StartsWith("Test-PatroniCluster", WalAvailabilityJudge.Judge(snapshot).Single(r => r.Member == "b").NextCommand, StringComparison.Ordinal);
        Assert.False(LeaderChecks.LeaderIsAhead(snapshot.Leader, snapshot).HasPassed);
        Assert.True(LeaderChecks.LeaderIsAhead(snapshot.Leader, On(snapshot, "c", 1)).HasPassed);
    }

    [Theory]
    [InlineData(Beyond, false)]
    [InlineData(Same, true)]
    public void Nobody_is_advised_to_copy_a_leader_that_went_back_over_what_it_lacks(string c, bool isRebuildAdvised)
    {
        var findings = ClusterDiagnosis.Judge(At(At(Cluster.Healthy(), "b", Beyond), "c", c)).Findings.Where(f => f.Member == "b" && f.Severity == FindingSeverity.Critical);

        Assert.All(findings, f => Assert.Equal(isRebuildAdvised, f.NextCommand!.StartsWith(f.Id == "ElectionRisk" ? "Set-PatroniMemberTag -Cluster demo -Member b -NoFailover" : "Get-ReplicaRecoveryPlan", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Beyond, "Test-PatroniCluster")]
    [InlineData(Same, "Get-ReplicaRecoveryPlan")]
    public void Nor_by_the_judgement_of_its_WAL(string c, string command)
    {
        var judged = WalAvailabilityJudge.Judge(At(At(Cluster.Healthy(), "b", Beyond), "c", c)).Single(r => r.Member == "b");

        Assert.Equal(WalAvailabilityStatus.Diverged, judged.Status);
        Assert.StartsWith(command, judged.NextCommand, StringComparison.Ordinal);
    }

    private static ClusterSnapshot At(ClusterSnapshot snapshot, string name, string position) =>
        snapshot.With(name, m => m.State(s => s with { ReceiveLsn = Lsn.Parse(position), ReplayLsn = Lsn.Parse(position) }));

    // Who is on another timeline than its leader is not sent anything.
    private static ClusterSnapshot On(ClusterSnapshot snapshot, string name, int timeline) => snapshot.With(name, m => m.Sql(p => p with
    {
        Receivers = Reading.Of<IReadOnlyList<ReceiverRow>>(timeline == 1 ? [new ReceiverRow { Status = "streaming", ReceivedTimeline = 1, LastMessageReceivedAt = Cluster.Now }] : []),
        Control = Reading.Of(new ControlData { CheckpointTimeline = (uint)timeline }),
    }) with { Patroni = Reading.Of(m.Patroni.Value! with { Timeline = (uint)timeline }) });

    private static string Criticals(ClusterSnapshot snapshot) =>
        string.Join(", ", ClusterDiagnosis.Judge(snapshot).Findings.Where(f => f.Severity == FindingSeverity.Critical).Select(f => $"{f.Member} {f.Id}").Order(StringComparer.Ordinal));
}
