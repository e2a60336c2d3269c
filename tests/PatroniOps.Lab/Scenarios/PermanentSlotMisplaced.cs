using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A permanent slot stands under postgresql.slots, where Patroni does not look.</summary>
public sealed class PermanentSlotMisplaced : IScenario
{
    public string Name => "permanent-slot-misplaced";

    public string Description => "a permanent slot is configured under postgresql.slots";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await IgnoredSlot.ConfigureAsync(leader, Section(new JsonObject { ["type"] = "physical" }), cancellationToken);
        await IgnoredSlot.DemandNoneAsync(cluster, leader, "standby_site", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, "The permanent slot standby_site was configured under postgresql.slots.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await IgnoredSlot.ConfigureAsync(cluster.Member(broken.Leader), Section(null), cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }

    private static JsonObject Section(JsonObject? slot) => new()
    {
        ["postgresql"] = new JsonObject { ["slots"] = slot is null ? null : new JsonObject { ["standby_site"] = slot } },
    };
}
