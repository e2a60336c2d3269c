using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A permanent slot whose consumer is gone keeps WAL.</summary>
public sealed class SlotRetaining : IScenario
{
    public string Name => "slot-retaining";

    public string Description => "a permanent slot that nobody uses keeps WAL from being recycled";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", Slots(new JsonObject { ["type"] = "physical" }), cancellationToken);
        await Poll.UntilAsync(
            "the slot to be made",
            cluster.Options.StartTimeout,
            async token => await leader.ScalarAsync<long>("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'standby_site' AND restart_lsn IS NOT NULL", token) > 0 ? null : "it is not yet",
            cancellationToken);
        for (var i = 0; i < 8; i++)
            await leader.ExecuteAsync(WalPressure.FillSegment, cancellationToken);
        await leader.ExecuteAsync("CHECKPOINT", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, "The permanent slot standby_site is used by nobody, and keeps more WAL than max_wal_size.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        var leader = cluster.Member(broken.Leader);
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", Slots(null), cancellationToken);
        await leader.ExecuteAsync("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'standby_site'", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }

    private static JsonObject Slots(JsonObject? slot) => new() { ["slots"] = new JsonObject { ["standby_site"] = slot } };
}
