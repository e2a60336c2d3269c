namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica from which another one streams has lost its WAL: neither gets on.</summary>
public sealed class CascadeUpstreamBroken : IScenario
{
    public string Name => "cascade-upstream-broken";

    public string Description => "a replica that feeds another one has lost its WAL";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var fed = cluster.Options.Tags.Values.Select(tags => (string?)tags["replicatefrom"]).FirstOrDefault(name => name is not null)
            ?? throw new LabException("This needs a lab with a member that has the tag replicatefrom.");
        var leader = await cluster.LeaderAsync(cancellationToken) ?? throw new LabException("There is no leader.");
        var victim = cluster.Member(fed);
        var needed = await ShortAbsence.LoseWalAsync(cluster, leader, victim, cancellationToken);
        await ShortAbsence.ReturnAsync(cluster, leader, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name}, from which another replica streams, needs {needed}, which is gone.");
    }

    /// <summary>Both need a new copy: what the lower one lacks, the new upper one has not got either.</summary>
    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        var upper = cluster.Member(broken.Member);
        await Healing.ReinitializeAsync(cluster, upper, cancellationToken);
        await Poll.UntilAsync(
            $"{upper.Name} to stream",
            cluster.Options.StartTimeout,
            async token => await upper.ScalarAsync<long>("SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'", token) > 0 ? null : "it does not yet",
            cancellationToken);
        foreach (var lower in cluster.Members.Where(member => !cluster.FollowsLeader(member)))
            await Healing.RebuildAsync(cluster, lower, cancellationToken);
    }
}
