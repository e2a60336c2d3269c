namespace PatroniOps.Lab.Scenarios;

/// <summary>The seed incident: a replica comes back after its slot was dropped, and the WAL it needs is on no member any more.</summary>
public sealed class WalRemoved : IScenario
{
    public string Name => "wal-removed";

    public string Description => "a replica returns and the WAL it needs is gone from every member; only an archive could still have it";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Absence.BeginAsync(cluster, leader, victim, cancellationToken);

        // The stopped member has got nothing beyond this segment.
        var needed = await WalPressure.CurrentSegmentAsync(leader, cancellationToken);
        var others = cluster.Members.Where(member => member != victim && !cluster.IsDetached(member)).ToList();
        await WalPressure.RemoveAsync(leader, others, needed, cluster.Options.StartTimeout, cancellationToken);

        await Absence.EndAsync(cluster, victim, cancellationToken);
        await Absence.WaitRunningAsync(cluster, victim, cancellationToken);
        return new ScenarioResult(
            leader.Name,
            victim.Name,
            $"{victim.Name} was away while {needed} and what lies before it was removed from {string.Join(", ", others.Select(other => other.Name))}, and has come back.");
    }
}
