using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A permanent slot is written with a dash, which PostgreSQL does not take in a slot's name.</summary>
public sealed class PermanentSlotDashes : IScenario
{
    public string Name => "permanent-slot-dashes";

    public string Description => "a permanent slot is configured with a dash in its name";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await IgnoredSlot.ConfigureAsync(leader, Section(new JsonObject { ["standby-site"] = new JsonObject { ["type"] = "physical" } }), cancellationToken);
        await IgnoredSlot.DemandNoneAsync(cluster, leader, "standby_site", cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, "The permanent slot standby-site was configured, with a dash.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        await IgnoredSlot.ConfigureAsync(cluster.Member(broken.Leader), Section(null), cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }

    private static JsonObject Section(JsonObject? slots) => new() { ["slots"] = slots };
}
