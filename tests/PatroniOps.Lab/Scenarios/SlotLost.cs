namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica was away while more WAL was written than max_slot_wal_keep_size keeps; its slot is invalidated.</summary>
public sealed class SlotLost : IScenario
{
    public string Name => "slot-lost";

    public string Description => "a slot was invalidated by max_slot_wal_keep_size";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await KeepSize.DemandAsync(leader, cancellationToken);
        await victim.StopAsync(cancellationToken);
        await KeepSize.ExceedAsync(leader, segments: 8, cancellationToken);
        await Poll.UntilAsync(
            $"slot {victim.SlotName} to be lost",
            cluster.Options.StartTimeout,
            async token =>
            {
                await leader.ExecuteAsync("CHECKPOINT", token);
                return await leader.ScalarAsync<string>($"SELECT wal_status FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}'", token) is "lost" ? null : "it is not yet";
            },
            cancellationToken);
        await Absence.EndAsync(cluster, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"{victim.Name} was away for longer than max_slot_wal_keep_size keeps WAL, and is back.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await ShortAbsence.DropSlotAsync(cluster.Member(broken.Leader), cluster.Member(broken.Member), cancellationToken);
        await LabObjects.CreateSlotsAsync(cluster.Member(broken.Leader), [cluster.Member(broken.Member)], cancellationToken);
        await Healing.RebuildAsync(cluster, cluster.Member(broken.Member), cancellationToken);
    }
}
