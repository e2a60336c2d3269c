namespace PatroniOps.Diagnosis;

/// <summary>What a probe changes in a judgement: a proof outweighs a listing.</summary>
public static class WalProbeJudge
{
    public static WalAvailability Apply(WalAvailability result, WalProbeResult probe)
    {
        result = result with { Probe = probe };
        return (probe.Outcome, result.Status) switch
        {
            // The listing said that it is there; the server itself says that it is not.
            (WalProbeOutcome.Removed, WalAvailabilityStatus.AvailableUpstream) => result with
            {
                Status = WalAvailabilityStatus.Unknown,
                IsAvailable = false,
                Reason = $"{result.Upstream} refuses the needed position: {probe.Text}",
                NextCommand = WalSourcing.Plan(result),
            },
            (WalProbeOutcome.NotInHistory, not WalAvailabilityStatus.Streaming) => result with
            {
                Status = WalAvailabilityStatus.Diverged,
                IsAvailable = false,
                Reason = $"{result.Member} has diverged: {result.Upstream} says: {probe.Text}",
                NextCommand = WalSourcing.Plan(result),
            },
            // Without a slot it is served: what keeps the replica from streaming is not the WAL.
            (WalProbeOutcome.Served, WalAvailabilityStatus.Unknown) when !result.IsAbsent => result with { Status = WalAvailabilityStatus.AvailableUpstream },
            _ => result,
        };
    }
}
