namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica comes back and the leader has removed the WAL it needs, but one other replica still keeps it.</summary>
public sealed class WalOnAnotherMember : IScenario
{
    public string Name => "wal-on-another-member";

    public string Description => "a replica returns and the WAL it needs is gone from the leader; one other replica still has it";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        var keeper = cluster.Members.FirstOrDefault(member => member != leader && member != victim && cluster.FollowsLeader(member))
            ?? throw new LabException("There is no other replica that could keep the WAL.");
        // In postgresql.auto.conf, which Patroni leaves alone: it takes wal_keep_size only for the whole cluster.
        await keeper.ExecuteAsync("ALTER SYSTEM SET wal_keep_size = '1GB'", cancellationToken);
        await keeper.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        await Absence.BeginAsync(cluster, leader, victim, cancellationToken);

        var needed = await WalPressure.CurrentSegmentAsync(leader, cancellationToken);
        await WalPressure.RemoveAsync(leader, [leader], needed, cluster.Options.StartTimeout, cancellationToken);
        await Absence.EndAsync(cluster, victim, cancellationToken);
        return new ScenarioResult(
            leader.Name,
            victim.Name,
            $"{victim.Name} was away while {needed} was removed from {leader.Name}, and has come back; {keeper.Name} still keeps it.");
    }
}
