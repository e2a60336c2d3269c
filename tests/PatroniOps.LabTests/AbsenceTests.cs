using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Observing;

namespace PatroniOps.LabTests;

/// <summary>Members that leave the cluster's list, and one that returns to it.</summary>
public sealed class AbsenceTests(AbsenceTests.Fixture fixture) : IClassFixture<AbsenceTests.Fixture>
{
    private static readonly TimeSpan UntilForgotten = TimeSpan.FromSeconds(60);

    public sealed class Fixture() : LabFixture("absence", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Trait("Category", "Long")]
    [Fact]
    public async Task A_member_whose_slot_is_still_to_come_is_not_called_broken_and_one_without_Patroni_streams_on()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var orphan = Lab.Members.First(member => member != leader);
        await orphan.KillPatroniAsync();

        var breaking = ScenarioCatalogue.Find("slot-missing-transient").BreakAsync(Lab);
        while (!breaking.IsCompleted)
        {
            Assert.All(session.Invoke("Test-WalAvailability").All<WalAvailability>(), CriesNoWolf);
            await Task.Delay(500);
        }
        var victim = (await breaking).Member;

        var limit = (2 * Lab.Options.LoopWait) + TimeSpan.FromSeconds(10);
        await Eventually.Read(limit, () => Returning(session, leader, victim), wal => wal.Status == WalAvailabilityStatus.Streaming);

        var absent = await Eventually.Read(UntilForgotten, () => session.Wal(orphan.Name), wal => wal.IsAbsent);
        Assert.Equal((WalAvailabilityStatus.Streaming, true), (absent.Status, absent.IsAvailable));
        var member = Assert.Single(session.Invoke($"Get-PatroniMember {orphan.Name}").All<PatroniMember>());
        Assert.Equal((true, ReplicationState.Streaming), (member.IsAbsent, member.Replication));

        orphan.Start();
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_stopped_member_is_missed_after_its_key_is_gone_in_this_session_and_in_a_new_one()
    {
        using var session = ModuleSession.Connect(Lab);
        var leader = await Lab.TheLeaderAsync();
        var stopped = Lab.Members.Last(member => member != leader);
        Assert.True(session.IsWalAvailable());
        await stopped.StopAsync();

        var listed = session.Wal(stopped.Name);
        Assert.Equal((WalAvailabilityStatus.Unknown, false), (listed.Status, listed.IsAbsent));
        Assert.False(session.IsWalAvailable());

        var absent = await Eventually.ReadAsync(UntilForgotten, () => WriteAndLookAsync(session, leader, stopped), wal => wal.IsAbsent);
        await IsMissed(session, leader, stopped, absent);
        using (var fresh = ModuleSession.Connect(Lab))
        {
            Assert.True(Assert.Single(fresh.Invoke("Get-PatroniMember").All<PatroniMember>(), m => m.Member == stopped.Name).IsAbsent);
            Assert.False(fresh.IsWalAvailable());
        }
        using (var once = ModuleSession.Open(Lab))
            Assert.False(Assert.Single(once.Invoke("Test-WalAvailability -Uri $seeds -PostgresCredential $observer -Quiet").All<bool>()));

        stopped.Start();
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        Assert.True(session.IsWalAvailable());
    }

    private static async Task IsMissed(ModuleSession session, LabMember leader, LabMember stopped, WalAvailability absent)
    {
        Assert.Equal(WalAvailabilityStatus.Unknown, absent.Status);
        Assert.NotEqual(true, absent.IsAvailable);
        Assert.False(string.IsNullOrEmpty(absent.HeldBy));
        Assert.NotNull(absent.AbsentFor);
        Assert.False(session.IsWalAvailable());

        // How long the rest of wal_keep_size lasts can be told once the rate of writing is known.
        await Eventually.ReadAsync(TimeSpan.FromSeconds(15), () => WriteAndLookAsync(session, leader, stopped), wal => wal.HeldFor is not null);
        var member = Assert.Single(session.Invoke($"Get-PatroniMember {stopped.Name}").All<PatroniMember>());
        Assert.True(member.IsAbsent);
        await Eventually.Read(
            TimeSpan.FromSeconds(5),
            () => Assert.Single(session.Invoke($"Get-PatroniMember {stopped.Name}").All<PatroniMember>()),
            later => later.AbsentFor > member.AbsentFor);
    }

    private static async Task<WalAvailability> WriteAndLookAsync(ModuleSession session, LabMember leader, LabMember stopped)
    {
        await leader.WriteAsync("while one is away");
        return session.Wal(stopped.Name);
    }

    private static WalAvailability Returning(ModuleSession session, LabMember leader, string member)
    {
        var wal = session.Wal(member);
        CriesNoWolf(wal);
        var slots = session.Invoke($"Get-PatroniSlot -Member {leader.Name} -SlotName {wal.SlotName}").All<PatroniSlot>();
        Assert.All(slots, slot => Assert.True(
            slot.Status is PatroniSlotStatus.Missing or PatroniSlotStatus.Inactive or PatroniSlotStatus.Active, slot.ToString()));
        return wal;
    }

    // All WAL is there all the time.
    private static void CriesNoWolf(WalAvailability wal)
    {
        Assert.True(wal.Status is not (WalAvailabilityStatus.Missing or WalAvailabilityStatus.Diverged), wal.ToString());
        Assert.True(wal.IsAvailable != false, wal.ToString());
    }
}
