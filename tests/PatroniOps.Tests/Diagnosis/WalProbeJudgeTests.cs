using PatroniOps.Diagnosis;

namespace PatroniOps.Tests.Diagnosis;

public sealed class WalProbeJudgeTests
{
    [Theory]
    [InlineData(WalProbeOutcome.Removed, WalAvailabilityStatus.AvailableUpstream, WalAvailabilityStatus.Unknown, false)]
    [InlineData(WalProbeOutcome.Removed, WalAvailabilityStatus.Missing, WalAvailabilityStatus.Missing, null)]
    [InlineData(WalProbeOutcome.NotInHistory, WalAvailabilityStatus.AvailableUpstream, WalAvailabilityStatus.Diverged, false)]
    [InlineData(WalProbeOutcome.NotInHistory, WalAvailabilityStatus.Streaming, WalAvailabilityStatus.Streaming, null)]
    [InlineData(WalProbeOutcome.Served, WalAvailabilityStatus.Unknown, WalAvailabilityStatus.AvailableUpstream, null)]
    [InlineData(WalProbeOutcome.Served, WalAvailabilityStatus.AvailableUpstream, WalAvailabilityStatus.AvailableUpstream, null)]
    [InlineData(WalProbeOutcome.AtTip, WalAvailabilityStatus.Streaming, WalAvailabilityStatus.Streaming, null)]
    [InlineData(WalProbeOutcome.Unknown, WalAvailabilityStatus.Missing, WalAvailabilityStatus.Missing, null)]
    public void A_proof_outweighs_a_listing(WalProbeOutcome outcome, WalAvailabilityStatus before, WalAvailabilityStatus after, bool? isAvailable)
    {
        var result = WalProbeJudge.Apply(new WalAvailability { Cluster = "demo", Member = "b", Upstream = "a", Reason = "r", Status = before }, new WalProbeResult(outcome, "the server's words"));

        Assert.Equal((after, isAvailable, outcome), (result.Status, result.IsAvailable, result.Probe!.Outcome));
        Assert.Equal(before != after && outcome != WalProbeOutcome.Served, result.Reason.Contains("the server's words", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_served_says_nothing_of_a_member_that_is_absent() => Assert.Equal(WalAvailabilityStatus.Unknown,
        WalProbeJudge.Apply(new WalAvailability { Cluster = "demo", Member = "b", Reason = "r", IsAbsent = true }, new WalProbeResult(WalProbeOutcome.Served, "")).Status);
}
