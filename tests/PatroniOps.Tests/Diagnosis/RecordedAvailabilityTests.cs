using PatroniOps.Diagnosis;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

/// <summary>The judge on what real clusters showed.</summary>
public sealed class RecordedAvailabilityTests
{
    [Theory]
    [InlineData("3.0.2/A1-0-healthy", "02:- 03:Streaming 04:Streaming")]
    [InlineData("3.0.2/A1-1-stopped", "02:- 03:Streaming 04:Unknown")]
    [InlineData("3.0.2/A1-3-just-running", "02:- 03:Streaming 04:Missing")]
    [InlineData("3.0.2/A1-4-broken", "02:- 03:Streaming 04:Missing")]
    [InlineData("3.0.2/A1-5-after-writes", "02:- 03:Streaming 04:Missing")]
    [InlineData("3.0.2/A2-3-healed", "02:- 03:Streaming 04:Streaming")]
    [InlineData("3.0.2/B-2-lost", "02:- 03:Streaming 04:Missing")]
    [InlineData("3.0.2/B-4-reinitialized", "02:- 03:Streaming 04:Streaming")]
    [InlineData("3.0.2/D-1-diverged", "02:Diverged 03:Streaming 04:-")]
    [InlineData("3.0.2/D-2-diverged", "02:Diverged 03:Streaming 04:-")]
    [InlineData("3.0.2/D2-2-rewound", "02:Streaming 03:Streaming 04:-")]
    [InlineData("3.0.2/E-1-archiving-fails", "02:- 03:Streaming 04:Streaming")]
    [InlineData("3.0.2/F-2-senders-full", "02:- 03:Streaming 04:AvailableUpstream")]
    [InlineData("3.0.2/G2-1-slot-dropped", "02:- 03:Streaming 04:AvailableUpstream")]
    [InlineData("3.0.2/X6-1-replay-paused", "02:- 03:Streaming 04:Streaming")]
    [InlineData("4.1.4/01-healthy", "02:- 03:Streaming 04:Streaming")]
    [InlineData("4.1.4/02a-just-stopped", "02:- 03:Streaming 04:Unknown")]
    [InlineData("4.1.4/03-broken", "02:- 03:Streaming 04:Missing")]
    [InlineData("4.1.4/03c-5s-after", "02:- 03:Streaming 04:OnAnotherMember")]
    [InlineData("4.1.4/03c-archive-complete", "02:- 03:Streaming 04:Streaming")]
    [InlineData("4.1.4/04-slot-recreated", "02:- 03:Streaming 04:Missing")]
    [InlineData("4.1.4/05-diverged", "02:Diverged 03:Streaming 04:-")]
    [InlineData("4.1.4/06-pause", "02:- 03:Streaming 04:Streaming")]
    [InlineData("4.1.4/07-permanent-slots", "02:- 03:Streaming 04:Streaming")]
    [InlineData("4.1.4/10-pending-restart", "02:- 03:Streaming 04:Streaming")]
    public void Each_state_is_what_it_was(string capture, string expected)
    {
        var snapshot = EvidenceSnapshot.Load(capture);
        var judged = WalAvailabilityJudge.Judge(snapshot).ToDictionary(r => r.Member);

        Assert.Equal(expected, string.Join(' ', snapshot.Members.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => $"{m.Name[^2..]}:{(judged.TryGetValue(m.Name, out var r) ? r.Status : "-")}")));
    }

    [Theory]
    [InlineData("3.0.2/A1-3-just-running")]
    [InlineData("3.0.2/A1-4-broken")]
    [InlineData("3.0.2/A1-5-after-writes")]
    public void The_incident_names_the_first_missing_segment_and_the_useless_slot(string capture)
    {
        var result = Of(capture, "bar_psqldb04");

        Assert.Equal("000000010000000000000004", result.FirstMissingSegment);
        Assert.Equal("000000010000000000000004", result.NeededSegment);
        Assert.Equal("0/4000110", result.NeededLsn.ToString());
        Assert.False(result.IsAvailable);
        Assert.False(result.IsSlotProtecting);
        Assert.Equal(TimeSpan.Zero, result.HeldFor);
        Assert.Contains("Get-ReplicaRecoveryPlan -Cluster demo -Member bar_psqldb04", result.NextCommand, StringComparison.Ordinal);
    }

    [Fact]
    public void The_missing_bytes_are_the_whole_segments_below_the_primarys_oldest() =>
        Assert.Equal((0x11 - 0x04) * (16L << 20), Of("3.0.2/A1-5-after-writes", "bar_psqldb04").MissingBytes);

    [Fact]
    public void The_incident_on_4_1_4_is_the_same()
    {
        var result = Of("4.1.4/03-broken", "bar-psqldb04");

        Assert.Equal("000000010000000000000005", result.FirstMissingSegment);
        Assert.Equal("bar_psqldb04", result.SlotName);
        Assert.False(result.IsSlotProtecting);
    }

    [Fact]
    public void A_slot_dropped_by_hand_is_persistent_and_leads_to_its_repair()
    {
        var result = Of("3.0.2/G2-1-slot-dropped", "bar_psqldb04");

        Assert.False(result.IsAvailable);
        Assert.StartsWith("Repair-PatroniSlot", result.NextCommand, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_slot_protects_nothing() => Assert.False(Of("3.0.2/B-2-lost", "bar_psqldb04").IsSlotProtecting);

    [Fact]
    public void A_member_that_has_left_the_list_is_still_judged()
    {
        var result = WalAvailabilityJudge.Judge(EvidenceSnapshot.Load("3.0.2/A1-2-key-gone", "bar_psqldb02", "bar_psqldb03", "bar_psqldb04")).Single(r => r.Member == "bar_psqldb04");

        Assert.True(result.IsAbsent);
        Assert.Equal(TimeSpan.FromSeconds(25), result.AbsentFor);
        Assert.Null(result.IsAvailable);
    }

    [Fact]
    public void The_member_in_4_1_4_that_is_down_keeps_its_slot_and_is_unknown()
    {
        var result = WalAvailabilityJudge.Judge(EvidenceSnapshot.Load("4.1.4/02-member-down", "bar-psqldb04")).Single(r => r.Member == "bar-psqldb04");

        Assert.True(result.IsAbsent);
        Assert.Equal(WalAvailabilityStatus.Unknown, result.Status);
    }

    [Fact]
    public void A_member_ahead_of_its_leader_has_diverged() =>
        Assert.Contains(WalAvailabilityJudge.Judge(EvidenceSnapshot.Load("3.0.2/H4-3-ahead-of-leader")), r => r.LagBytes < 0 ? r.Status == WalAvailabilityStatus.Diverged : r.Status != WalAvailabilityStatus.Missing);

    [Fact]
    public void Every_result_has_a_reason_and_evidence() => Assert.All(
        EvidenceFile.Names().SelectMany(n => WalAvailabilityJudge.Judge(EvidenceSnapshot.Load(n))), r =>
        {
            Assert.NotEmpty(r.Reason);
            Assert.Equal(9, r.Evidence.Count);
            Assert.Equal(r.Status is WalAvailabilityStatus.Missing or WalAvailabilityStatus.OnAnotherMember, r.FirstMissingSegment is not null && r.IsAvailable == false && r.Status != WalAvailabilityStatus.Unknown);
        });

    private static WalAvailability Of(string capture, string member) => WalAvailabilityJudge.Judge(EvidenceSnapshot.Load(capture)).Single(r => r.Member == member);
}
