namespace PatroniOps.Lab.Scenarios;

/// <summary>
/// During a pause, the leader's data directory was swapped for a base backup and started by hand as a primary: what was committed after the copy is
/// on the replicas alone, and the leader writes other WAL under the same timeline.
/// </summary>
public sealed class SwapAsPrimary : IScenario
{
    private const string Server = "swapped";

    public string Name => "swap-as-primary";

    public string Description => "the leader runs a swapped-in base backup that lacks what was committed since";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Pause.BeginAsync(cluster, leader, cancellationToken);
        var copy = leader.DataDirectory + ".new";
        await ByHand.CopyAsync(cluster, leader, copy, cancellationToken);
        await leader.ExecuteAsync("INSERT INTO lab.canary (note) SELECT repeat('lost', 500) FROM generate_series(1, 2000)", cancellationToken);
        await ReplayedAsync(cluster, leader, cancellationToken);

        await leader.StopAsync(cancellationToken);
        Directory.Move(leader.DataDirectory, Old(leader));
        Directory.Move(copy, leader.DataDirectory);
        ByHand.Start(cluster, leader, Server);
        await Poll.UntilAsync(
            $"{leader.Name} to take writes",
            cluster.Options.StartTimeout,
            async token => await leader.ScalarAsync<bool>("SELECT NOT pg_is_in_recovery()", token) ? null : "it does not yet",
            cancellationToken);
        leader.Start();
        await Poll.UntilAsync(
            "the replicas to stream",
            cluster.Options.StartTimeout,
            token => LabHealth.MissingAsync(cluster, token),
            cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"During a pause, the data directory of the leader {leader.Name} was swapped for an older base backup and started by hand.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        var leader = cluster.Member(broken.Leader);
        await Pause.EndAsync(leader, cancellationToken);
        foreach (var replica in cluster.Members.Where(member => member != leader))
            await Healing.ReinitializeAsync(cluster, replica, cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
        LabFiles.Delete(Old(leader));
    }

    private static string Old(LabMember member) => member.DataDirectory + ".old";

    private static async Task ReplayedAsync(LabCluster cluster, LabMember leader, CancellationToken cancellationToken)
    {
        var committed = await leader.ScalarAsync<string>("SELECT pg_current_wal_lsn()::text", cancellationToken);
        foreach (var replica in cluster.Members.Where(member => member != leader))
            await Poll.UntilAsync(
                $"{replica.Name} to replay {committed}",
                cluster.Options.StartTimeout,
                async token => await replica.ScalarAsync<bool>($"SELECT pg_last_wal_replay_lsn() >= '{committed}'", token) ? null : "it has not yet",
                cancellationToken);
    }
}
