using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class WalHoldTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void A_slot_without_a_limit_holds_until_the_disk_is_full() => Assert.Null(Of(Cluster.Healthy()).For);

    [Fact]
    public void A_slot_with_a_limit_holds_as_long_as_the_rate_allows()
    {
        // One MiB a second over the last minute.
        var snapshot = Cluster.Healthy().With("a", m => m.Slots(Cluster.Slot("b") with { SafeWalSize = 90 * Megabyte })) with { Earlier = new EarlierPosition(Cluster.Now - TimeSpan.FromSeconds(60), Cluster.Tip + (-60 * Megabyte)) };

        Assert.Equal(90, Of(snapshot).For!.Value.TotalSeconds, 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_slot_at_its_limit_holds_to_the_next_checkpoint(long safe) =>
        Assert.Equal(TimeSpan.Zero, Of(Cluster.Healthy().With("a", m => m.Slots(Cluster.Slot("b") with { SafeWalSize = safe }))).For);

    [Fact]
    public void Without_a_rate_the_bytes_are_told() => Assert.Contains("777 more bytes", Of(Cluster.Healthy().With("a", m => m.Slots(Cluster.Slot("b") with { SafeWalSize = 777 }))).By, StringComparison.Ordinal);

    [Theory]
    [InlineData("0/7000100", 0.0)]
    [InlineData("0/7000000", 0.0)]
    [InlineData("0/8000100", 16.0)]
    public void Without_a_protecting_slot_only_wal_keep_size_holds(string needed, double seconds)
    {
        var snapshot = Cluster.Healthy().With("a", m => m.Slots()) with { Earlier = new EarlierPosition(Cluster.Now - TimeSpan.FromSeconds(60), Cluster.Tip + (-60 * Megabyte)) };

        Assert.Equal(seconds, Of(snapshot, needed).For!.Value.TotalSeconds, 3);
    }

    [Fact]
    public void A_slot_ahead_of_what_is_needed_holds_nothing() => Assert.Equal(TimeSpan.Zero, Of(Cluster.Healthy(), "0/4000000").For);

    [Theory]
    [InlineData("3.0.2", 0)]
    [InlineData("4.1.4", 1740)]
    public void The_slot_of_an_absent_member_goes_with_its_ttl(string version, double seconds)
    {
        var snapshot = Absent(Cluster.Healthy(version: version));

        Assert.Equal(seconds, Of(snapshot).For!.Value.TotalSeconds);
        Assert.Contains("Patroni drops", Of(snapshot).By, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permanent_slot_stays() => Assert.Null(Of(Absent(Cluster.Healthy("""{"slots": {"b": {"type": "physical"}}}"""))).For);

    [Fact]
    public void What_was_not_read_is_not_known()
    {
        Assert.StartsWith("not known", Of(Cluster.Healthy().With("a", m => m.Sql(p => p with { Slots = Cluster.Unread<IReadOnlyList<SlotRow>>() }))).By, StringComparison.Ordinal);
        Assert.StartsWith("not known", Of(Cluster.Healthy().With("a", m => m.Slots().Sql(p => p with { Settings = Cluster.Unread<ServerSettings>() }))).By, StringComparison.Ordinal);
    }

    private static ClusterSnapshot Absent(ClusterSnapshot snapshot) => snapshot.With("b", m => m with { Listed = null, IsAbsent = true, Remembered = new RememberedMember { Name = "b", LastListedAt = Cluster.Now - TimeSpan.FromSeconds(60) } });

    private static WalHold Of(ClusterSnapshot snapshot, string needed = "0/9000100") =>
        WalHold.Of(ReplicaLink.Of(snapshot.Member("b"), snapshot), Lsn.Parse(needed), Cluster.Tip, snapshot);
}
