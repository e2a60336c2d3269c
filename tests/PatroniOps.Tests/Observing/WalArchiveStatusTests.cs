using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Observing;

public sealed class WalArchiveStatusTests
{
    private static readonly ArchiverRow Sound = new()
    {
        ArchivedCount = 20, FailedCount = 3, StatsReset = Cluster.Now - TimeSpan.FromHours(2), LastArchivedWal = "000000010000000000000008", LastArchivedAt = Cluster.Now - TimeSpan.FromMinutes(1),
        LastFailedWal = "000000010000000000000005", LastFailedAt = Cluster.Now - TimeSpan.FromHours(1),
    };

    private static readonly ArchiveQueue Empty = new(0, null) { SegmentCount = 0 };

    [Theory]
    [InlineData("off", "", "primary", WalArchivingState.Off)]
    [InlineData("on", "", "primary", WalArchivingState.NotConfigured)]
    [InlineData("on", "(disabled)", "primary", WalArchivingState.NotConfigured)]
    [InlineData("on", "cp", "primary", WalArchivingState.Archiving)]
    [InlineData("on", "cp", "standby", WalArchivingState.Standby)]
    [InlineData("always", "cp", "standby", WalArchivingState.Archiving)]
    public void Settings_and_role_tell_whether_it_archives(string mode, string command, string role, WalArchivingState expected) =>
        Assert.Equal(expected, Status(Sound, Empty, role == "primary" ? "a" : "b", mode, command).State);

    [Theory]
    [InlineData(-1, null, 0L, WalArchivingState.Failing)]
    [InlineData(1, 6 * 60, 2L, WalArchivingState.Stuck)]
    [InlineData(1, 60, 2L, WalArchivingState.Archiving)]
    [InlineData(1, null, null, WalArchivingState.Unknown)]
    public void A_failure_counts_until_the_next_success(int archivedAfterFailureMinutes, int? oldestSeconds, long? ready, WalArchivingState expected)
    {
        var archiver = Sound with { LastFailedAt = Sound.LastArchivedAt - TimeSpan.FromMinutes(archivedAfterFailureMinutes) };
        Assert.Equal(expected, Status(archiver, new ArchiveQueue(ready, oldestSeconds is { } s ? Cluster.Now - TimeSpan.FromSeconds(s) : null)).State);
    }

    [Theory]
    [InlineData("000000010000000000000008", 0L, 256L)]
    [InlineData("000000010000000000000007", 1L, (16L << 20) + 256)]
    [InlineData("00000002.history", 0L, 256L)]
    [InlineData("00000002.history", 1L, null)]
    [InlineData("000000010000000000000006.00000028.backup", 2L, null)]
    [InlineData(null, 0L, null)]
    public void The_lag_is_what_the_archiver_has_not_come_to(string? last, long ready, long? expected) =>
        Assert.Equal(expected, Status(Sound with { LastArchivedWal = last }, new ArchiveQueue(ready, null)).LagBytes);

    [Fact]
    public void While_one_fails_all_before_it_is_archived() => Assert.Equal((2L << 24) + 256, Status(
        Sound with { LastArchivedWal = "000000010000000000000002.000000D8.backup", LastFailedWal = "000000010000000000000007", LastFailedAt = Cluster.Now }, new ArchiveQueue(2, Cluster.Now)).LagBytes);

    [Fact]
    public void Rates_are_means_since_the_reset_or_measured()
    {
        Assert.Equal(10, Status(Sound, Empty).ArchivedPerHour);
        var earlier = Snapshot(Sound with { ArchivedCount = 19 }, Empty, "on", "cp").With("a", m => m.State(s => s with { ServerTime = Cluster.Now - TimeSpan.FromMinutes(1) }));
        var status = WalArchiveStatus.FromSnapshot(Snapshot(Sound, Empty, "on", "cp"), earlier, new Thresholds()).Single(s => s.Member == "a");
        Assert.Equal((60, 0), (Math.Round(status.ArchivedPerHour!.Value, 6), status.FailedPerHour));
    }

    [Fact]
    public void What_was_not_read_is_unknown()
    {
        var snapshot = Snapshot(Sound, Empty, "on", "cp").With("a", m => m.Sql(p => PostgresSnapshot.Unknown(PatroniOps.Patroni.FailureKind.Timeout, "no answer")));
        var status = WalArchiveStatus.FromSnapshot(snapshot, null, new Thresholds()).Single(s => s.Member == "a");
        Assert.Equal((WalArchivingState.Unknown, null, null, null), (status.State, status.IsHealthy, status.ReadyCount, status.LagBytes));
        Assert.Equal(["no answer"], status.Unknown);
    }

    private static WalArchiveStatus Status(ArchiverRow archiver, ArchiveQueue queue, string member = "a", string mode = "on", string command = "cp") =>
        WalArchiveStatus.FromSnapshot(Snapshot(archiver, queue, mode, command), null, new Thresholds()).Single(s => s.Member == member);

    private static ClusterSnapshot Snapshot(ArchiverRow archiver, ArchiveQueue queue, string mode, string command)
    {
        var snapshot = Cluster.Healthy();
        foreach (var name in snapshot.Members.Select(m => m.Name).ToList())
            snapshot = snapshot.With(name, m => m.Settings(("archive_mode", mode), ("archive_command", command)).Sql(p => p with { Archiver = Reading.Of(archiver), ArchiveQueue = Reading.Of(queue) }));
        return snapshot;
    }
}
