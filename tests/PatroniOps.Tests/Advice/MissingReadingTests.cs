using CsCheck;
using PatroniOps.Advice;
using PatroniOps.Patroni;
using PatroniOps.Retention;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Advice;

/// <summary>What was not read is unknown: it never makes a setting pass, and never breaks a rule.</summary>
public sealed class MissingReadingTests
{
    private static readonly AdviceOptions Options = new() { FreeDisk = new FreeDisk(100L << 30, new Dictionary<string, long>()) };

    private static readonly Func<MemberSnapshot, MemberSnapshot>[] MemberLosses =
    [
        m => m with { Patroni = Reading.Unknown<PatroniStatus>(FailureKind.Timeout, "no answer") },
        m => m with { Postgres = PostgresSnapshot.Unknown(FailureKind.Unreachable, "no answer") },
        m => m with { Postgres = m.Postgres with { State = Lost(m.Postgres.State) } },
        m => m with { Postgres = m.Postgres with { Settings = Lost(m.Postgres.Settings) } },
        m => m with { Postgres = m.Postgres with { Slots = Lost(m.Postgres.Slots) } },
        m => m with { Postgres = m.Postgres with { Senders = Lost(m.Postgres.Senders) } },
        m => m with { Postgres = m.Postgres with { Wal = Lost(m.Postgres.Wal) } },
    ];

    private static readonly Func<ClusterSnapshot, ClusterSnapshot>[] ClusterLosses =
    [
        s => s with { Configuration = Lost(s.Configuration) },
        s => s with { View = Lost(s.View), Members = [.. s.Members.Select(m => m with { Listed = null })] },
        s => s with { Earlier = null },
        s => s with { LeaderLsnAfter = null },
        s => s with { Members = [] },
    ];

    /// <summary>The cluster in which all is well, and some in which not.</summary>
    private static readonly SnapshotBuilder[] Clusters =
    [
        new(),
        new SnapshotBuilder().Set("wal_keep_size", "16").Set("archive_mode", "off").Set("max_connections", "10", "bar-2").Set("max_slot_wal_keep_size", "-1"),
        new SnapshotBuilder { PatroniVersion = "3.0.2", ServerVersion = 120022, Configuration = "{}" }.Set("restore_command", "", "bar-3").Set("hot_standby", "off"),
        new SnapshotBuilder { WrittenInAnHour = 0, Configuration = """{"synchronous_mode": true, "postgresql": {"use_slots": false}}""" }.Set("max_replication_slots", "1").Set("max_wal_senders", "2"),
    ];

    private static readonly string[] SettingNames = [.. Clusters[0].Leader.Keys];

    private static readonly Gen<(int Cluster, int[] MemberLoss, int[] ClusterLoss, string[] Settings)> Losses = Gen.Select(
        Gen.Int[0, Clusters.Length - 1],
        Gen.Int[0, (3 * MemberLosses.Length) - 1].Array[0, 6],
        Gen.Int[0, ClusterLosses.Length - 1].Array[0, 2],
        Gen.Int[0, SettingNames.Length - 1].Select(i => SettingNames[i]).Array[0, 4]);

    [Fact]
    public void What_was_not_read_never_makes_a_setting_pass() => Losses.Sample(loss =>
    {
        var full = Clusters[loss.Cluster].Build();
        var reduced = Reduce(full, loss.MemberLoss, loss.ClusterLoss, loss.Settings);
        var passedBefore = ConfigurationJudge.Judge(full, Options).Where(a => a.IsOk == true).Select(Key).ToHashSet();
        foreach (var advice in ConfigurationJudge.Judge(reduced, Options))
        {
            Assert.NotEmpty(advice.Reason);
            if (advice.NextCommand is not null)
                GivenCommand.Parse(advice.NextCommand);
            if (advice.IsOk == true)
                Assert.Contains(Key(advice), passedBefore);
        }
        _ = WalRetentionJudge.Judge(reduced, TimeSpan.FromHours(8));
    }, iter: 2000);

    [Fact]
    public void Nothing_read_is_nothing_judged()
    {
        var full = new SnapshotBuilder().Build();
        var nothing = Reduce(full, [.. Enumerable.Range(0, 3 * MemberLosses.Length)], [0, 1, 2, 3], []);
        var advice = ConfigurationJudge.Judge(nothing, Options);
        Assert.NotEmpty(advice);
        Assert.All(advice, a => Assert.Equal(AdviceStatus.Unknown, a.Status));
        Assert.Equal(ConfigurationJudge.Judge(full, Options).Select(a => a.Rule).Distinct().Order(), advice.Select(a => a.Rule).Distinct().Order());
    }

    /// <summary>For each rule, every reading that it rests on, one at a time.</summary>
    [Theory]
    [InlineData("Timing", "config")]
    [InlineData("UseSlots", "config")]
    [InlineData("UsePgRewind", "config,settings")]
    [InlineData("MemberSlotsTtl", "config,patroni,view")]
    [InlineData("MaximumLagOnFailover", "config")]
    [InlineData("SynchronousMode", "config")]
    [InlineData("PermanentSlots", "config")]
    [InlineData("WalKeep", "settings,earlier,position,view")]
    [InlineData("MaxWalSenders", "settings,senders,slots,view")]
    [InlineData("MaxReplicationSlots", "config,settings,slots,patroni,view")]
    [InlineData("SlotLimit", "settings,wal,view")]
    [InlineData("ArchiveMode", "settings,view")]
    [InlineData("ArchiveCommand", "settings,view")]
    [InlineData("RestoreCommand", "settings,view")]
    [InlineData("StandbyParameters", "settings,view")]
    [InlineData("WalLevel", "config,settings,view")]
    [InlineData("HotStandby", "settings")]
    [InlineData("WalSenderTimeout", "settings")]
    public void A_rule_without_its_reading_says_unknown(string rule, string readings)
    {
        foreach (var reading in readings.Split(','))
        {
            var (members, cluster) = reading switch
            {
                "patroni" => ([0, 7, 14], Array.Empty<int>()),
                "settings" => ([3, 10, 17], []),
                "slots" => ([4, 11, 18], []),
                "senders" => ([5, 12, 19], []),
                "wal" => ([6, 13, 20], []),
                "config" => (Array.Empty<int>(), new[] { 0 }),
                "view" => ([], [1]),
                "earlier" => ([], [2]),
                _ => ([], [3]),
            };
            var advice = ConfigurationJudge.Judge(Reduce(new SnapshotBuilder().Build(), members, cluster, []), Options).Where(a => a.Rule == rule).ToList();
            Assert.NotEmpty(advice);
            Assert.All(advice, a => Assert.True(a.Status == AdviceStatus.Unknown, $"{rule} without {reading}: {a}"));
        }
    }

    private static (string, string) Key(ConfigurationAdvice advice) => (advice.Rule, advice.Setting);

    private static Reading<T> Lost<T>(Reading<T> reading) where T : class => reading.IsKnown ? Reading.Unknown<T>(FailureKind.PermissionDenied, "not allowed") : reading;

    private static ClusterSnapshot Reduce(ClusterSnapshot snapshot, int[] memberLosses, int[] clusterLosses, string[] settings)
    {
        var members = snapshot.Members.ToArray();
        foreach (var loss in memberLosses)
            members[loss / MemberLosses.Length] = MemberLosses[loss % MemberLosses.Length](members[loss / MemberLosses.Length]);
        snapshot = snapshot with { Members = [.. members.Select(m => Without(m, settings))] };
        return clusterLosses.Aggregate(snapshot, (current, loss) => ClusterLosses[loss](current));
    }

    private static MemberSnapshot Without(MemberSnapshot member, string[] names) => member.Postgres.Settings.Value is not { } settings ? member : member with
    {
        Postgres = member.Postgres with { Settings = Reading.Of(settings with { Values = settings.Values.Where(v => !names.Contains(v.Key)).ToDictionary() }) },
    };
}
