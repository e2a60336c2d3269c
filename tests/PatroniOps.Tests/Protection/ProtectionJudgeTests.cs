using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Protection;
using PatroniOps.Retention;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Protection;

/// <summary>Go or no-go for member b, two hours at 1 MiB of WAL a second: 7200 MiB.</summary>
public sealed class ProtectionJudgeTests
{
    private const long GiB = 1L << 30;

    private static readonly WalRate Rate = WalRate.Between(
        new EarlierPosition(Cluster.Now - TimeSpan.FromHours(1), new Lsn(0)), new EarlierPosition(Cluster.Now, new Lsn(3600UL << 20)));

    [Fact]
    public void All_known_and_enough_is_go()
    {
        var answer = Judge(Ready());

        Assert.Equal(((bool?)true, "b", (long?)7200 << 20), (answer.IsGo, answer.SlotName, answer.NeededBytes));
        Assert.Equal(Cluster.Now + TimeSpan.FromHours(2), answer.Until);
        Assert.False(answer.IsProtected);
    }

    [Theory]
    [InlineData(7199, false)]
    [InlineData(7200, true)]
    [InlineData(-1, true)]
    public void A_slot_limit_that_is_too_small_is_no_go(int megabytes, bool isGo) =>
        Assert.Equal(isGo, Judge(Ready(("max_slot_wal_keep_size", $"{megabytes}"))).IsGo);

    [Fact]
    public void What_wal_keep_size_keeps_counts_beyond_the_slots_limit() =>
        Assert.True(Judge(Ready(("max_slot_wal_keep_size", "16"), ("wal_keep_size", "8000"))).IsGo);

    [Theory]
    [InlineData(8L << 30, null, true)]
    [InlineData(7L << 30, null, false)]
    [InlineData(7L << 30, 6L << 30, false)]
    [InlineData(8L << 30, 9L << 30, true)]
    public void Disk_and_limit_must_hold_what_is_written(long free, long? maximum, bool isGo) => Assert.Equal(isGo, Judge(Ready(), Disk(free), maximum).IsGo);

    [Fact]
    public void A_disk_that_is_not_known_is_told_and_is_no_pass()
    {
        var answer = Judge(Ready(), FreeDisk.Unknown);

        Assert.Null(answer.IsGo);
        Assert.Contains("Not known: the free disk on a", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_idle_cluster_gives_no_go_and_no_no_go()
    {
        var idle = WalRate.Between(new EarlierPosition(Cluster.Now - TimeSpan.FromHours(1), new Lsn(7)), new EarlierPosition(Cluster.Now, new Lsn(7)));
        var (answer, checks) = ProtectionJudge.Judge(Request(Disk(GiB), GiB), Ready(("max_slot_wal_keep_size", "99")), idle);

        Assert.Null(answer.IsGo);
        Assert.Null(answer.NeededBytes);
        Assert.DoesNotContain(checks, c => c.HasPassed == false);
    }

    [Fact]
    public void Without_slots_there_is_no_go() =>
        Assert.Contains("use_slots is false", Refused(Ready() with { Configuration = Configuration("""{"postgresql": {"use_slots": false}}""") }), StringComparison.Ordinal);

    [Fact]
    public void A_configuration_that_was_not_read_is_unknown_and_essential()
    {
        var (answer, checks) = ProtectionJudge.Judge(Request(Disk(99 * GiB), null), Ready() with { Configuration = Cluster.Unread<DynamicConfiguration>() }, Rate);

        Assert.Null(answer.IsGo);
        Assert.Contains(checks, c => c is { IsEssential: true, HasPassed: null });
    }

    [Theory]
    [InlineData("a", "a leads: switch over first")]
    [InlineData("z", "z is no member")]
    public void Only_a_replica_is_protected(string member, string text)
    {
        var (answer, checks) = ProtectionJudge.Judge(Request(Disk(99 * GiB), null) with { Member = member }, Ready(), Rate);

        Assert.False(answer.IsGo);
        Assert.Contains(text, answer.Reason, StringComparison.Ordinal);
        Assert.True(Assert.Single(checks).IsEssential);
    }

    [Fact]
    public void One_that_cannot_come_back_now_is_no_go() =>
        Assert.Contains("does not come back now either", Refused(Ready().Stuck("b", "0/4000000")), StringComparison.Ordinal);

    [Fact]
    public void A_slot_that_is_not_there_needs_a_free_one() =>
        Assert.Contains("1 of 1 slots on a are in use", Refused(Ready(("max_replication_slots", "1")).With("a", m => m.Slots(Cluster.Slot("c")))), StringComparison.Ordinal);

    [Fact]
    public void One_that_does_not_stream_needs_a_free_walsender() =>
        Assert.Contains("1 of 1 walsenders on a are in use", Refused(Ready(("max_wal_senders", "1")).Stuck("b", "0/9000000")), StringComparison.Ordinal);

    [Theory]
    [InlineData("3.0.2", false)]
    [InlineData("3.2.0", true)]
    public void Below_another_replica_it_depends_on_the_release(string version, bool isGo)
    {
        var snapshot = Ready([], version).With("b", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { Tags = MemberTags.Parse(JsonText.Parse("""{"replicatefrom": "c"}""")) }) })
            .With("c", m => m.Senders(Cluster.Sender("b")).Slots(Cluster.Slot("b")));

        Assert.Equal(isGo, Judge(snapshot).IsGo);
    }

    [Fact]
    public void A_protection_ends_with_its_time_or_its_limit()
    {
        var record = new ProtectionRecord { Member = "b", SlotName = "b", Until = Cluster.Now + TimeSpan.FromSeconds(1), MaximumBytes = 0x100 };
        var kept = Ready().With("a", m => m.Slots(Cluster.Slot("b", "0/9000001")));

        Assert.Null(ProtectionEnd.Of(record, kept));
        Assert.Contains("time was over", ProtectionEnd.Of(record with { Until = Cluster.Now }, kept), StringComparison.Ordinal);
        Assert.Contains("the limit is 256 B", ProtectionEnd.Of(record, Ready().With("a", m => m.Slots(Cluster.Slot("b", "0/9000000")))), StringComparison.Ordinal);
        // What was not read is no end.
        Assert.Null(ProtectionEnd.Of(record, Ready().With("a", m => m.Sql(p => p with { Slots = Cluster.Unread<IReadOnlyList<SlotRow>>() }))));
    }

    [Fact]
    public void The_journal_knows_what_is_open_and_a_line_that_was_cut_off_was_not_written()
    {
        using var folder = new TemporaryFolder();
        var journal = new ProtectionJournal(folder.Path, "../demo", "42");
        Assert.Empty(journal.Open());
        var record = new ProtectionRecord { Member = "b", SlotName = "b", Event = ProtectionEvent.Begun, Until = Cluster.Now };
        journal.Append(record);
        journal.Append(record with { Event = ProtectionEvent.Protected, MaximumBytes = 5 });
        journal.Append(record with { Member = "c", Event = ProtectionEvent.Begun });
        Assert.Equal([("b", ProtectionEvent.Protected), ("c", ProtectionEvent.Begun)], journal.Open().Select(r => (r.Member, r.Event)));
        journal.Append(record with { Event = ProtectionEvent.LetGo });
        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "protections")));
        File.AppendAllText(file, "{\"member\": \"d\"");
        Assert.Equal(["c"], journal.Open().Select(r => r.Member));
        Assert.Empty(new ProtectionJournal(folder.Path, "../demo", "43").Open());
        foreach (var line in (string[])["no journal", "null", """{"member": null, "slotName": "b"}"""])
        {
            File.WriteAllText(file, $"{line}\n");
            Assert.Equal(FailureKind.InvalidAnswer, Assert.Throws<PatroniOpsException>(journal.Open).Kind);
        }
    }

    private static string Refused(ClusterSnapshot snapshot)
    {
        var answer = Judge(snapshot);
        Assert.False(answer.IsGo);
        return answer.Reason;
    }

    private static PatroniProtection Judge(ClusterSnapshot snapshot, FreeDisk? disk = null, long? maximum = null) =>
        ProtectionJudge.Judge(Request(disk ?? Disk(99 * GiB), maximum), snapshot, Rate).Answer;

    private static ProtectionRequest Request(FreeDisk disk, long? maximum) => new("b", TimeSpan.FromHours(2), maximum, disk);

    private static FreeDisk Disk(long bytes) => new(bytes, new Dictionary<string, long>());

    private static Reading<DynamicConfiguration> Configuration(string json) => Reading.Of(new DynamicConfiguration(JsonText.Parse(json)));

    private static ClusterSnapshot Ready(params (string Name, string Value)[] settings) => Ready(settings, "3.0.2");

    private static ClusterSnapshot Ready((string Name, string Value)[] settings, string version) => Cluster.Healthy(version: version)
        .With("a", m => m.Settings([("max_slot_wal_keep_size", "-1"), ("max_replication_slots", "10"), .. settings]));
}
