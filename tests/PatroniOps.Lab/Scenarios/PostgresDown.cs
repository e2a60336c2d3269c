namespace PatroniOps.Lab.Scenarios;

/// <summary>PostgreSQL of one replica does not start; its Patroni runs.</summary>
public sealed class PostgresDown : IScenario
{
    public string Name => "postgres-down";

    public string Description => "PostgreSQL of a replica does not start";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await victim.ExecuteAsync("ALTER SYSTEM SET shared_preload_libraries = 'no_such_library'", cancellationToken);
        if (victim.Postmaster is { } postmaster)
            await postmaster.EndAsync(Processes.LabSignal.Interrupt, TimeSpan.FromSeconds(10), cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"PostgreSQL of {victim.Name} ended and cannot start: a library that it is to load is not there.");
    }
}
