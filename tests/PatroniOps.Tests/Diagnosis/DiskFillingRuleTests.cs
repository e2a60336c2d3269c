using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Retention;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class DiskFillingRuleTests
{
    private const long Gigabyte = 1L << 30;

    // One MiB of WAL a second, and a slot that nobody uses and nothing limits.
    [Theory]
    [InlineData(1, FindingSeverity.Critical)]
    [InlineData(8, FindingSeverity.Warning)]
    [InlineData(80, FindingSeverity.Warning)]
    [InlineData(100, null)]
    public void The_time_that_is_left_decides(long gigabytes, FindingSeverity? expected) =>
        Assert.Equal(expected, Of(Filling(gigabytes * Gigabyte))?.Severity);

    [Fact]
    public void What_nobody_keeps_fills_no_disk() =>
        Assert.Null(Of(Filling(Gigabyte).With("a", m => m.Sql(p => p with { Slots = Reading.Of<IReadOnlyList<SlotRow>>([.. p.Slots.Value!.Where(s => s.Name != "held")]) }))));

    [Fact]
    public void A_slot_with_a_limit_fills_no_disk() =>
        Assert.Null(Of(Filling(Gigabyte).With("a", m => m.Settings(("max_slot_wal_keep_size", "1024")))));

    [Fact]
    public void Without_a_disk_or_a_rate_nothing_is_said()
    {
        Assert.Null(Of(Filling(Gigabyte).With("a", m => m with { Disk = null })));
        Assert.Null(Of(Filling(Gigabyte).With("a", m => m with { Disk = Reading.Unknown<DiskSpace>(FailureKind.PermissionDenied, "denied") })));
        Assert.Null(Of(Filling(Gigabyte) with { Earlier = null }));
    }

    [Fact]
    public void What_a_node_tells_is_used_where_nobody_has_said_anything()
    {
        var snapshot = Filling(Gigabyte);
        Assert.Equal(Gigabyte, FreeDisk.Unknown.Or(snapshot).Of("a"));
        Assert.Null(FreeDisk.Unknown.Or(snapshot).Of("b"));
        Assert.Equal(7, new FreeDisk(null, new Dictionary<string, long> { ["a"] = 7 }).Or(snapshot).Of("a"));
        Assert.Equal(9, new FreeDisk(9, new Dictionary<string, long>()).Or(snapshot).Of("b"));
    }

    [Theory]
    [InlineData("     Avail  1B-blocks\n 58720256 104857600\n", 58720256L, 104857600L)]
    [InlineData("     Avail  1B-blocks\n 0 104857600\n", 0L, 104857600L)]
    [InlineData("     Avail  1B-blocks\n - -\n", null, null)]
    [InlineData("", null, null)]
    [InlineData("df: denied\n", null, null)]
    public void The_answer_of_df_is_read(string text, long? free, long? total) =>
        Assert.Equal((free, total), (DiskReader.Parse(text)?.FreeBytes, DiskReader.Parse(text)?.TotalBytes));

    private static Finding? Of(ClusterSnapshot snapshot) => ClusterDiagnosis.Judge(snapshot, new Thresholds()).Findings.SingleOrDefault(f => f.Id == "DiskFilling");

    private static ClusterSnapshot Filling(long free)
    {
        var healthy = Cluster.Healthy();
        var slot = new SlotRow { Name = "held", Type = "physical", IsActive = false, RestartLsn = Lsn.Parse("0/1000000"), WalStatus = "extended" };
        return healthy.With("a", m => m.Sql(p => p with { Slots = Reading.Of<IReadOnlyList<SlotRow>>([.. p.Slots.Value!, slot]) }) with { Disk = Reading.Of(new DiskSpace(free, 200 * Gigabyte)) }) with
        { Earlier = new EarlierPosition(healthy.TakenAt - TimeSpan.FromSeconds(10), new Lsn(healthy.LeaderLsnAfter!.Value.Value - (10 << 20))) };
    }
}
