namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica that still streams has fallen behind by more than max_slot_wal_keep_size: the next checkpoint takes its WAL away.</summary>
public sealed class SlotUnreserved : IScenario
{
    public string Name => "slot-unreserved";

    public string Description => "a slot is beyond its limit while its replica still streams";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await KeepSize.DemandAsync(leader, cancellationToken);
        // No checkpoint may come in between.
        await leader.ExecuteAsync("ALTER SYSTEM SET max_wal_size = '4GB'", cancellationToken);
        await leader.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        await leader.ExecuteAsync("CHECKPOINT", cancellationToken);
        await HeldReceiver.StopAsync(victim, cancellationToken);
        await KeepSize.ExceedAsync(leader, segments: 5, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} has just fallen behind by more than max_slot_wal_keep_size, and still streams.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        HeldReceiver.Release(cluster.Member(broken.Member));
        var leader = cluster.Member(broken.Leader);
        await leader.ExecuteAsync("ALTER SYSTEM RESET max_wal_size", cancellationToken);
        await leader.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}
