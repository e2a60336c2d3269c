using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Steering;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

public sealed class VersionGateTests
{
    /// <summary>A patch, Patroni's release, PostgreSQL's number, and what each of its gates says.</summary>
    public static TheoryData<string, string, int, string> Patches => new()
    {
        { """{"ttl": 30}""", "2.1.0", 120000, "" },
        { """{"failsafe_mode": true}""", "2.1.7", 150000, "failsafe_mode: False" },
        { """{"failsafe_mode": true}""", "3.0.0", 150000, "failsafe_mode: True" },
        { """{"failsafe_mode": null}""", "2.1.7", 150000, "" },
        { """{"member_slots_ttl": "1h"}""", "3.3.5", 150000, "member_slots_ttl: False" },
        { """{"member_slots_ttl": "1h"}""", "4.0.0", 150000, "member_slots_ttl: True" },
        { """{"synchronous_mode": "quorum"}""", "3.0.2-1", 150000, "synchronous_mode: quorum: False" },
        { """{"synchronous_mode": "quorum"}""", "4.1.4", 150000, "synchronous_mode: quorum: True" },
        { """{"synchronous_mode": true}""", "2.1.0", 150000, "" },
        { """{"slots": {"a": {"type": "physical", "cluster_type": "primary"}}}""", "4.0.9", 150000, "cluster_type of a permanent slot: False" },
        { """{"slots": {"a": {"type": "physical"}, "b": null}}""", "3.0.2", 150000, "" },
        { """{"postgresql": {"parameters": {"max_slot_wal_keep_size": "4GB"}}}""", "3.0.2", 120022, "max_slot_wal_keep_size: False" },
        { """{"postgresql": {"parameters": {"max_slot_wal_keep_size": "4GB"}}}""", "3.0.2", 130000, "max_slot_wal_keep_size: True" },
        { """{"failsafe_mode": true, "member_slots_ttl": 60}""", "3.0.2", 150000, "failsafe_mode: True, member_slots_ttl: False" },
        { """{"failsafe_mode": true}""", "devel", 150000, "failsafe_mode: unknown" },
    };

    [Theory]
    [MemberData(nameof(Patches))]
    public void What_a_patch_sets_needs_a_release(string patch, string patroni, int postgres, string expected)
    {
        var checks = ConfigurationGates.Of(JsonText.Parse(patch)).Select(g => (g.Option, Check: g.Judge(Of(patroni, postgres)))).ToList();

        Assert.Equal(expected, string.Join(", ", checks.Select(c => $"{c.Option}: {c.Check.HasPassed?.ToString() ?? "unknown"}")));
        Assert.All(checks.Where(c => c.Check.HasPassed == false), c => Assert.Contains("or later", c.Check.Objection, StringComparison.Ordinal));
    }

    public static TheoryData<string, int, bool> PostgresGates => new()
    {
        { nameof(VersionGate.BackupManifest), 120022, false },
        { nameof(VersionGate.BackupManifest), 130000, true },
        { nameof(VersionGate.ServerCompression), 140010, false },
        { nameof(VersionGate.ServerCompression), 150000, true },
        { nameof(VersionGate.RestoreTargetWal), 120022, false },
        { nameof(VersionGate.RestoreTargetWal), 180001, true },
    };

    [Theory]
    [MemberData(nameof(PostgresGates))]
    public void What_a_program_is_asked_for_needs_a_release_too(string gate, int version, bool expected) =>
        Assert.Equal(expected, ((VersionGate)typeof(VersionGate).GetProperty(gate)!.GetValue(null)!).Judge(Of("3.0.2", version)).HasPassed);

    [Fact]
    public void One_member_that_is_too_old_is_enough_and_one_that_was_not_read_is_told()
    {
        var (old, young) = (Of("3.0.2", 150000) with { Name = "old" }, Of("4.1.0", 150000));
        var silent = young with { Name = "silent", Patroni = Cluster.Unread<PatroniStatus>() };

        Assert.Contains("old has 3.0.2", VersionGate.MemberSlotsTtl.Judge(young, old, silent).Objection, StringComparison.Ordinal);
        Assert.True(VersionGate.MemberSlotsTtl.Judge(young, silent) is { HasPassed: null, IsObjection: false });
        Assert.True(VersionGate.MemberSlotsTtl.Judge(silent) is { HasPassed: null, IsObjection: true });
        Assert.True(VersionGate.MemberSlotsTtl.Judge() is { HasPassed: null, IsObjection: true });
    }

    private static MemberSnapshot Of(string patroni, int postgres) => Cluster.Healthy(version: patroni).Member("b").State(s => s with { Version = postgres });
}
