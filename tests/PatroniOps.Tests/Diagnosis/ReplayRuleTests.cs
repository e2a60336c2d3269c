using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class ReplayRuleTests
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData(0, 0, 1, "")]
    [InlineData(0, 0, 16, "ReplayLag Warning")]
    [InlineData(0, 0, 128, "ReplayLag Critical")]
    [InlineData(0, 60, 1, "ReplayLag Warning")]
    [InlineData(0, 300, 1, "ReplayLag Critical")]
    [InlineData(3600, 0, 128, "ReplayDelayed Info")]
    [InlineData(3600, 3600, 128, "ReplayDelayed Info")]
    [InlineData(3600, 3659, 128, "ReplayDelayed Info")]
    [InlineData(3600, 3660, 128, "ReplayLag Warning, ReplayDelayed Info")]
    [InlineData(3600, 3900, 128, "ReplayLag Critical, ReplayDelayed Info")]
    public void What_is_held_back_by_configuration_is_no_lag_and_what_is_beyond_it_is(int delaySeconds, int lagSeconds, int megabytes, string expected)
    {
        var snapshot = Cluster.Healthy()
            .With("b", m => m.State(s => s with { ReplayLsn = Cluster.Tip + (-megabytes * Megabyte) }).Settings(("recovery_min_apply_delay", $"{delaySeconds * 1000L}")))
            .With("a", m => m.Senders(Cluster.Sender("b") with { ReplayLag = TimeSpan.FromSeconds(lagSeconds) }, Cluster.Sender("c")));

        Assert.Equal(expected, Findings(snapshot));
    }

    [Theory]
    [InlineData("RecoveryApplyDelay", "")]
    [InlineData("RecoveryWalStream", "")]
    [InlineData("RecoveryConflictSnapshot", "ReplayBlocked Warning")]
    [InlineData("BufferPin", "ReplayBlocked Warning")]
    public void Only_a_query_in_the_way_blocks_replay(string wait, string expected)
    {
        var snapshot = Cluster.Healthy().With("b", m => m.Sql(p => p with { Backends = Reading.Of<IReadOnlyList<BackendRow>>([new BackendRow("startup", "IPC", wait)]) }));

        Assert.Equal(expected, Findings(snapshot));
    }

    private static string Findings(ClusterSnapshot snapshot) =>
        string.Join(", ", ClusterDiagnosis.Judge(snapshot).Findings.Where(f => f.Member == "b" && f.Id.StartsWith("Replay", StringComparison.Ordinal)).Select(f => $"{f.Id} {f.Severity}"));
}
