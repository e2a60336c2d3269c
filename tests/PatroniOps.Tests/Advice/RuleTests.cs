using PatroniOps.Advice;
using PatroniOps.Retention;

namespace PatroniOps.Tests.Advice;

/// <summary>Each rule on a cluster in which one thing is not as it should be.</summary>
public sealed class RuleTests
{
    private static readonly AdviceOptions Options = new() { FreeDisk = new FreeDisk(100L << 30, new Dictionary<string, long>()) };

    /// <summary>Rule, setting, change, status, and what the command must contain.</summary>
    public static TheoryData<string, string, string, AdviceStatus, string?> Cases => new()
    {
        { "Timing", "ttl", "config:ttl=20", AdviceStatus.Wrong, "ttl = 30" },
        { "Timing", "ttl", "config:ttl=10", AdviceStatus.Wrong, "ttl = 30" },
        { "Timing", "ttl", "config:ttl=\"soon\"", AdviceStatus.Unknown, null },
        { "Timing", "loop_wait", "config:loop_wait=0", AdviceStatus.Wrong, "loop_wait = 1" },
        { "Timing", "retry_timeout", "config:retry_timeout=2", AdviceStatus.Wrong, "retry_timeout = 3" },
        { "WalKeep", "wal_keep_size", "wal_keep_size=128", AdviceStatus.Advice, "wal_keep_size = '4512MB'" },
        { "WalKeep", "wal_keep_size", "wal_keep_size=-", AdviceStatus.Unknown, null },
        { "WalKeep", "wal_keep_size", "idle", AdviceStatus.Unknown, null },
        { "MaxWalSenders", "max_wal_senders", "max_wal_senders=5", AdviceStatus.Advice, "max_wal_senders = 6" },
        { "MaxWalSenders", "max_wal_senders", "max_wal_senders=1", AdviceStatus.Wrong, "max_wal_senders = 6" },
        { "MaxReplicationSlots", "max_replication_slots", "max_replication_slots=3", AdviceStatus.Advice, "max_replication_slots = 4" },
        { "MaxReplicationSlots", "max_replication_slots", "max_replication_slots=1", AdviceStatus.Wrong, "max_replication_slots = 4" },
        { "SlotLimit", "max_slot_wal_keep_size", "max_slot_wal_keep_size=-1", AdviceStatus.Advice, "max_slot_wal_keep_size = '81920MB'" },
        { "SlotLimit", "max_slot_wal_keep_size", "max_slot_wal_keep_size=999999", AdviceStatus.Advice, "max_slot_wal_keep_size = '81920MB'" },
        { "UseSlots", "use_slots", "postgresql:use_slots=false", AdviceStatus.Advice, "use_slots = $true" },
        { "MemberSlotsTtl", "member_slots_ttl", "config:member_slots_ttl=0", AdviceStatus.Advice, "member_slots_ttl = 1800" },
        { "MemberSlotsTtl", "slots", "patroni:3.3.0", AdviceStatus.Advice, "bar_2 = @{ type = 'physical' }" },
        { "UsePgRewind", "use_pg_rewind", "data_checksums=off;wal_log_hints=off", AdviceStatus.Wrong, "wal_log_hints = 'on'" },
        { "UsePgRewind", "use_pg_rewind", "postgresql:use_pg_rewind=false", AdviceStatus.Advice, "use_pg_rewind = $true" },
        { "ArchiveMode", "archive_mode", "archive_mode=off", AdviceStatus.Advice, "archive_mode = 'on'; archive_command = (Read-Host 'archive_command')" },
        { "ArchiveCommand", "archive_command", "archive_command=", AdviceStatus.Wrong, "Read-Host" },
        { "ArchiveCommand", "archive_command", "archive_command=/bin/true", AdviceStatus.Advice, "Read-Host" },
        { "RestoreCommand", "restore_command", "restore_command=", AdviceStatus.Advice, "restore_command = (Read-Host" },
        { "StandbyParameters", "max_connections", "bar-3:max_connections=50", AdviceStatus.Wrong, null },
        { "StandbyParameters", "max_worker_processes", "bar-3:max_worker_processes=4", AdviceStatus.Wrong, "max_worker_processes = 8" },
        { "StandbyParameters", "max_wal_senders", "bar-3:max_wal_senders=-", AdviceStatus.Unknown, null },
        { "PermanentSlots", "slots", "config:slots={\"my-app\":{\"type\":\"physical\"}}", AdviceStatus.Wrong, "slots = @{ my_app = @{ type = 'physical' }; 'my-app' = $null }" },
        { "PermanentSlots", "slots", "postgresql:slots={\"app\":{\"type\":\"physical\"}}", AdviceStatus.Wrong, "@{ slots = @{ app = @{ type = 'physical' } }; postgresql = @{ slots = $null } }" },
        { "WalLevel", "wal_level", "wal_level=minimal", AdviceStatus.Wrong, "wal_level = 'replica'" },
        { "WalLevel", "wal_level", "config:slots={\"app\":{\"database\":\"d\",\"plugin\":\"p\"}}", AdviceStatus.Wrong, "wal_level = 'logical'" },
        { "HotStandby", "hot_standby", "bar-2:hot_standby=off", AdviceStatus.Wrong, "hot_standby = 'on'" },
        { "MaximumLagOnFailover", "maximum_lag_on_failover", "config:maximum_lag_on_failover=0", AdviceStatus.Advice, "maximum_lag_on_failover = 1048576" },
        { "MaximumLagOnFailover", "maximum_lag_on_failover", "config:maximum_lag_on_failover=1000000000", AdviceStatus.Advice, "maximum_lag_on_failover = 1048576" },
        { "SynchronousMode", "synchronous_mode", "config:synchronous_mode=true,\"synchronous_node_count\":3", AdviceStatus.Advice, null },
        { "SynchronousMode", "synchronous_mode", "config:synchronous_mode=true,\"synchronous_node_count\":3,\"synchronous_mode_strict\":true", AdviceStatus.Wrong, "synchronous_mode_strict = $false" },
        { "SynchronousMode", "synchronous_mode", "config:synchronous_mode=\"quorum\"", AdviceStatus.Ok, null },
        { "WalSenderTimeout", "wal_sender_timeout", "bar-1:wal_sender_timeout=0", AdviceStatus.Advice, "wal_sender_timeout = '60s'" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_setting_that_is_not_right_is_told_with_the_call_that_changes_it(string rule, string setting, string change, AdviceStatus status, string? command)
    {
        var advice = Assert.Single(ConfigurationJudge.Judge(Changed(change).Build(), Options), a => a.Rule == rule && a.Setting == setting && a.Status != AdviceStatus.Ok || (status == AdviceStatus.Ok && a.Rule == rule));
        Assert.Equal(status, advice.Status);
        Assert.NotEmpty(advice.Reason);
        Assert.NotEmpty(advice.Source);
        if (command is null)
            Assert.Null(advice.Command);
        else
            Assert.Contains(command, advice.Command, StringComparison.Ordinal);
        if (advice.NextCommand is not null)
            GivenCommand.Parse(advice.NextCommand);
    }

    [Fact]
    public void A_well_chosen_configuration_passes()
    {
        var advice = ConfigurationJudge.Judge(new SnapshotBuilder().Build(), Options);
        Assert.All(advice, a => Assert.True(a.IsOk, $"{a.Rule}: {a}"));
        Assert.All(advice, a => Assert.Null(a.Command));
    }

    [Fact]
    public void Before_PostgreSQL_13_segments_are_counted()
    {
        var snapshot = new SnapshotBuilder { ServerVersion = 120022, PatroniVersion = "3.3.0" }.Set("wal_keep_size", null).Set("wal_keep_segments", "30").Build();
        var advice = Assert.Single(ConfigurationJudge.Judge(snapshot, Options), a => a.Rule == "WalKeep");
        Assert.Equal("wal_keep_segments", advice.Setting);
        Assert.Contains("wal_keep_segments = 282 ", advice.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void Slots_that_outlive_the_outage_make_up_for_a_small_wal_keep_size()
    {
        var snapshot = Changed("config:member_slots_ttl=7200").Set("wal_keep_size", "128").Build();
        Assert.Equal(AdviceStatus.Ok, Assert.Single(ConfigurationJudge.Judge(snapshot, Options), a => a.Rule == "WalKeep").Status);
    }

    [Fact]
    public void Without_the_free_disk_a_limit_is_not_judged()
    {
        var advice = Assert.Single(ConfigurationJudge.Judge(new SnapshotBuilder().Build()), a => a.Rule == "SlotLimit");
        Assert.Null(advice.IsOk);
        GivenCommand.Parse(advice.NextCommand!);
    }

    [Fact]
    public void What_waits_for_a_restart_is_not_set_again()
    {
        var advice = Assert.Single(ConfigurationJudge.Judge(new SnapshotBuilder().Set("max_connections", "50", "bar-3").Build(), Options), a => a.Rule == "StandbyParameters" && a.Status == AdviceStatus.Wrong);
        Assert.Equal("Restart-PatroniMember -Cluster demo -Member bar-3", advice.NextCommand);
        Assert.Equal(["bar-3"], advice.Members);
    }

    [Fact]
    public void Where_a_value_is_set_is_told()
    {
        var byRule = ConfigurationJudge.Judge(new SnapshotBuilder().Build(), Options).ToLookup(a => a.Rule);
        Assert.Equal(SettingPlace.DynamicConfiguration, byRule["WalKeep"].Single().SetIn);
        Assert.Equal(SettingPlace.LocalConfiguration, byRule["SlotLimit"].Single().SetIn);
        Assert.Equal(SettingPlace.Default, byRule["WalSenderTimeout"].Single().SetIn);
        Assert.Equal(SettingPlace.Default, byRule["SynchronousMode"].Single().SetIn);
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("a\u2019; Remove-Item x; \u2019")]
    [InlineData("$(whoami)")]
    [InlineData("with space")]
    public void Names_in_commands_are_data(string cluster)
    {
        var builder = new SnapshotBuilder { Cluster = cluster, Configuration = "{\"slots\": {\"x'; y \u2019\": {\"type\": \"phys'\u2018ical\"}}}" }.Set("wal_keep_size", "16");
        foreach (var advice in ConfigurationJudge.Judge(builder.Build(), Options).Where(a => a.NextCommand is not null))
            Assert.Contains(cluster, GivenCommand.Strings(advice.NextCommand!));
    }

    internal static SnapshotBuilder Changed(string change)
    {
        var builder = new SnapshotBuilder();
        if (change == "idle")
            builder.WrittenInAnHour = 100;
        else if (change.StartsWith("patroni:", StringComparison.Ordinal))
            builder.PatroniVersion = change[8..];
        else if (change.StartsWith("config:", StringComparison.Ordinal))
            builder.Configuration = With(builder.Configuration, change[7..], isTop: true);
        else if (change.StartsWith("postgresql:", StringComparison.Ordinal))
            builder.Configuration = With(builder.Configuration, change[11..], isTop: false);
        else
            foreach (var part in change.Split(';'))
            {
                var (name, value) = (part[..part.IndexOf('=', StringComparison.Ordinal)], part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
                var colon = name.IndexOf(':', StringComparison.Ordinal);
                builder.Set(name[(colon + 1)..], value == "-" ? null : value, colon > 0 ? [name[..colon]] : []);
            }
        return builder;
    }

    private static string With(string json, string change, bool isTop)
    {
        var equals = change.IndexOf('=', StringComparison.Ordinal);
        var document = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        var target = isTop ? document : document["postgresql"]!.AsObject();
        var added = System.Text.Json.Nodes.JsonNode.Parse($"{{\"{change[..equals]}\": {change[(equals + 1)..]}}}")!.AsObject();
        foreach (var (key, value) in added)
            target[key] = value?.DeepClone();
        return document.ToJsonString();
    }
}
