using PatroniOps.Archives;
using PatroniOps.Postgres;
using PatroniOps.Retention;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Advice;

namespace PatroniOps.Tests.Retention;

/// <summary>How long a replica may be away, at 1 MiB of WAL a second.</summary>
public sealed class WalRetentionJudgeTests
{
    private const long GiB = 1L << 30;

    private static readonly TimeSpan Outage = TimeSpan.FromHours(8);

    [Fact]
    public void Each_source_has_its_time()
    {
        var retention = WalRetentionJudge.Judge(new SnapshotBuilder().Build(), Outage, Disk(40 * GiB));
        Assert.Equal(1 << 20, retention.RateBytesPerSecond);
        Assert.Equal(TimeSpan.FromHours(1), retention.MeasuredOver);
        Assert.Equal(TimeSpan.FromSeconds(8192), Of(retention, WalRetentionSourceKind.WalKeepSize).SurvivableFor);
        Assert.Equal(TimeSpan.FromSeconds(20480), Of(retention, WalRetentionSourceKind.SlotLimit).SurvivableFor);
        Assert.Equal(TimeSpan.FromSeconds(40960), Of(retention, WalRetentionSourceKind.Disk).SurvivableFor);
        Assert.Equal(TimeSpan.FromMinutes(30), Of(retention, WalRetentionSourceKind.MemberSlotsTtl).SurvivableFor);
        Assert.Equal(TimeSpan.FromMinutes(30), Of(retention, WalRetentionSourceKind.Slot).SurvivableFor);
        Assert.NotNull(Of(retention, WalRetentionSourceKind.Archive).Unknown);
        // The archive was not looked into: more is possible.
        Assert.Equal(TimeSpan.FromSeconds(8192), retention.SurvivableFor);
        Assert.True(retention.IsLowerBound);
        Assert.Null(retention.IsOutageSurvivable);
        Assert.Null(retention.BreaksFirst);
    }

    [Fact]
    public void The_size_for_an_outage_has_headroom_and_whole_segments()
    {
        var retention = WalRetentionJudge.Judge(new SnapshotBuilder().Build(), Outage);
        Assert.Equal(36000L << 20, retention.RecommendedWalKeepSize);
        Assert.Equal("Set-PatroniConfiguration -Cluster demo -Patch @{ postgresql = @{ parameters = @{ wal_keep_size = '36000MB' } } }", retention.Command);
        GivenCommand.Parse(retention.Command!);
    }

    [Fact]
    public void A_size_that_the_disk_does_not_hold_is_not_set()
    {
        var retention = WalRetentionJudge.Judge(new SnapshotBuilder().Build(), Outage, Disk(10 * GiB));
        Assert.NotNull(retention.RecommendedWalKeepSize);
        Assert.Null(retention.Command);
        Assert.Contains(retention.Notes, n => n.Contains("does not hold it", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_archive_the_longest_provider_decides()
    {
        var retention = WalRetentionJudge.Judge(new SnapshotBuilder().Set("archive_mode", "off").Build(), Outage, Disk(40 * GiB));
        Assert.Equal(WalRetentionSourceKind.WalKeepSize, retention.BreaksFirst);
        Assert.False(retention.IsLowerBound);
        Assert.False(retention.IsOutageSurvivable);
    }

    [Theory]
    [InlineData("3.3.0", 30)]
    [InlineData("4.0.0", 1800)]
    public void Before_Patroni_4_a_slot_lives_for_the_ttl(string version, int seconds)
    {
        var snapshot = new SnapshotBuilder { PatroniVersion = version }.Set("archive_mode", "off").Set("wal_keep_size", "16").Build();
        var retention = WalRetentionJudge.Judge(snapshot, null, Disk(40 * GiB));
        Assert.Equal(TimeSpan.FromSeconds(seconds), retention.SurvivableFor);
        Assert.Equal(WalRetentionSourceKind.MemberSlotsTtl, retention.BreaksFirst);
    }

    [Theory]
    [InlineData(20480, 40, WalRetentionSourceKind.SlotLimit, 20480)]
    [InlineData(-1, 40, WalRetentionSourceKind.Disk, 40960)]
    public void A_permanent_slot_ends_by_its_limit_or_by_the_disk(int limit, int free, WalRetentionSourceKind first, int seconds)
    {
        var builder = new SnapshotBuilder { PatroniVersion = "3.3.0", Configuration = """{"slots": {"bar_2": {"type": "physical"}, "bar_3": {"type": "physical"}}}""" };
        var snapshot = builder.Set("archive_mode", "off").Set("max_slot_wal_keep_size", $"{limit}").Build();
        var retention = WalRetentionJudge.Judge(snapshot, null, Disk(free * GiB));
        Assert.Equal(TimeSpan.FromSeconds(seconds), retention.SurvivableFor);
        Assert.Equal(first, retention.BreaksFirst);
        Assert.Equal(first == WalRetentionSourceKind.Disk, retention.Notes.Any(n => n.Contains("primary itself stops", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_idle_cluster_promises_nothing()
    {
        var retention = WalRetentionJudge.Judge(new SnapshotBuilder { WrittenInAnHour = 0 }.Build(), Outage, Disk(40 * GiB));
        Assert.Equal(0, retention.RateBytesPerSecond);
        Assert.Null(retention.SurvivableFor);
        Assert.False(retention.IsUnlimited);
        Assert.Null(retention.IsOutageSurvivable);
        Assert.Null(retention.RecommendedWalKeepSize);
        Assert.Contains(retention.Notes, n => n.Contains("idle at present", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trickle_does_not_overflow()
    {
        var rate = WalRate.Between(new EarlierPosition(SnapshotBuilder.Now - TimeSpan.FromDays(3000), new Lsn(0)), new EarlierPosition(SnapshotBuilder.Now, new Lsn(10000)));
        Assert.Equal(TimeSpan.FromDays(36500), rate.TimeFor(long.MaxValue));
        Assert.Null(WalKeep.SizeFor(rate with { BytesPerSecond = 1e15 }, TimeSpan.FromDays(10000), WalSegment.DefaultSize));
    }

    [Fact]
    public void A_position_that_went_back_is_no_rate() =>
        Assert.Contains("went back", WalRate.Between(new EarlierPosition(SnapshotBuilder.Now, new Lsn(9)), new EarlierPosition(SnapshotBuilder.Now + TimeSpan.FromSeconds(9), new Lsn(1))).Unknown, StringComparison.Ordinal);

    [Fact]
    public void An_archive_counts_as_far_as_it_has_no_gap()
    {
        // The position is segment 640: of 100..599 and 601..639 only the latter count.
        var archive = new ArchiveSnapshot("/archive", ArchiveKind.Directory, Reading.Of<IReadOnlyList<WalRange>>([new(1, 100, 599), new(1, 601, 639)]));
        var retention = WalRetentionJudge.Judge(new SnapshotBuilder().Set("wal_keep_size", "16").Build() with { Archives = [archive] }, Outage, Disk(40 * GiB));
        Assert.Equal(TimeSpan.FromMinutes(30), retention.SurvivableFor);
        Assert.True(retention.IsLowerBound);
        // A young archive goes on growing: no outage is ruled out by it.
        Assert.Null(retention.IsOutageSurvivable);
        Assert.Equal(39 * WalSegment.DefaultSize, Of(retention, WalRetentionSourceKind.Archive).Bytes);
    }

    [Fact]
    public void An_archive_that_a_replica_does_not_read_does_not_count()
    {
        var archive = Of(WalRetentionJudge.Judge(new SnapshotBuilder().Set("restore_command", "", "bar-2").Build()), WalRetentionSourceKind.Archive);
        Assert.Equal(TimeSpan.Zero, archive.SurvivableFor);
        Assert.Contains("bar-2", archive.Detail, StringComparison.Ordinal);
    }

    private static FreeDisk Disk(long bytes) => new(null, new Dictionary<string, long> { ["bar-1"] = bytes });

    private static WalRetentionSource Of(WalRetention retention, WalRetentionSourceKind kind) => Assert.Single(retention.Sources, s => s.Source == kind);
}
