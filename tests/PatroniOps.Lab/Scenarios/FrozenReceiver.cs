namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica's WAL receiver is frozen while WAL is written beyond max_slot_wal_keep_size: the leader's checkpoint hangs.</summary>
public sealed class FrozenReceiver : IScenario
{
    private const string Client = "checkpoint";

    public string Name => "frozen-receiver";

    public string Description => "a frozen WAL receiver makes the leader's checkpoint hang";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await KeepSize.DemandAsync(leader, cancellationToken);
        await HeldReceiver.StopAsync(victim, cancellationToken);
        await KeepSize.ExceedAsync(leader, segments: 8, cancellationToken);
        await leader.ExecuteAsync("INSERT INTO lab.canary (note) SELECT repeat('x', 2000) FROM generate_series(1, 8000)", cancellationToken);
        await Background.SqlAsync(cluster, Client, leader, "CHECKPOINT", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"The WAL receiver of {victim.Name} is frozen, and the checkpoint of {leader.Name} waits for its slot.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        HeldReceiver.Release(cluster.Member(broken.Member));
        await Background.EndAsync(cluster, Client, cancellationToken);
        var leader = cluster.Member(broken.Leader);
        await ShortAbsence.DropSlotAsync(leader, cluster.Member(broken.Member), cancellationToken);
        await LabObjects.CreateSlotsAsync(leader, [cluster.Member(broken.Member)], cancellationToken);
        await Healing.RebuildAsync(cluster, cluster.Member(broken.Member), cancellationToken);
    }
}
