using PatroniOps.Diagnosis;
using PatroniOps.Recovery.Planning;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

/// <summary>A member that was cut off for longer than the ttl comes back: its PostgreSQL has been up all the time, and its slot is gone.</summary>
public sealed class ReturnTests
{
    // loop_wait is 10 s: Patroni makes the slot within 25 s, what the replica's own retry takes included.
    [Theory]
    [InlineData(40, true, "SlotMissingTransient")]
    [InlineData(80, false, "SlotMissing")]
    public void The_time_in_which_Patroni_makes_its_slot_begins_with_its_return(int seconds, bool isAvailable, string expected)
    {
        var observed = Observer.Observe(At(0, Cluster.Healthy()), new Observations()).Observed;
        observed = Observer.Observe(At(20, Absent()), observed).Observed;
        observed = Observer.Observe(At(30, Absent()), observed).Observed;
        observed = Observer.Observe(At(40, Back()), observed).Observed;
        var snapshot = Observer.Observe(At(seconds, Back()), observed);

        Assert.Equal([expected], ClusterDiagnosis.Judge(snapshot).Findings.Where(f => f.Id.StartsWith("SlotMissing", StringComparison.Ordinal)).Select(f => f.Id));
        Assert.Equal(isAvailable, WalAvailabilityJudge.Judge(snapshot).Single(w => w.Member == "b").IsAvailable);
    }

    [Fact]
    public void No_slot_is_made_for_a_member_that_is_not_in_the_list()
    {
        var snapshot = Observer.Observe(At(0, Absent()), new Observations());

        Assert.Null(WalAvailabilityJudge.Judge(snapshot).Single(w => w.Member == "b").IsAvailable);
        Assert.False(RecoveryPlanReader.Read(snapshot, "b").Options.Single(o => o.Method == RecoveryMethod.RecreateSlot).IsFeasible);
    }

    private static ClusterSnapshot At(int seconds, ClusterSnapshot snapshot) => snapshot with { TakenAt = Cluster.Now + TimeSpan.FromSeconds(seconds) };

    private static ClusterSnapshot Absent() => Back().With("b", m => m with { IsAbsent = true, Listed = null });

    private static ClusterSnapshot Back() => Cluster.Healthy().Stuck("b", "0/9000000").With("a", m => m.Slots(Cluster.Slot("c")));
}
