namespace PatroniOps.Lab.Scenarios;

/// <summary>A long query on a replica holds rows that replay must remove.</summary>
public sealed class ReplayBlocked : IScenario
{
    private const string Client = "long-query";

    public string Name => "replay-blocked";

    public string Description => "a long query on a replica holds up replay";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await victim.ExecuteAsync("ALTER SYSTEM SET max_standby_streaming_delay = -1", cancellationToken);
        await victim.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        await Background.SqlAsync(cluster, Client, victim, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM lab.canary; SELECT pg_sleep(3600)", cancellationToken);
        await Poll.UntilAsync(
            "the query to run",
            TimeSpan.FromSeconds(10),
            async token => await victim.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", token) > 0 ? null : "it does not yet",
            cancellationToken);
        await leader.ExecuteAsync("INSERT INTO lab.canary (note) SELECT 'gone' FROM generate_series(1, 1000)", cancellationToken);
        await leader.ExecuteAsync("DELETE FROM lab.canary", cancellationToken);
        await leader.ExecuteAsync("VACUUM lab.canary", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"A long query on {victim.Name} sees rows that {leader.Name} has removed.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await Background.EndAsync(cluster, Client, cancellationToken);
        var victim = cluster.Member(broken.Member);
        await victim.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", cancellationToken);
        await victim.ExecuteAsync("ALTER SYSTEM RESET max_standby_streaming_delay", cancellationToken);
        await victim.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}
