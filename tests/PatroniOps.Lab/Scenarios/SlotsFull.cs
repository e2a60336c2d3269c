using System.Text.Json.Nodes;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>Forgotten slots use up max_replication_slots, and a returning replica gets none.</summary>
public sealed class SlotsFull : IScenario
{
    private const string Fill =
        """
        SELECT pg_create_physical_replication_slot('forgotten_' || i)
        FROM generate_series(1, current_setting('max_replication_slots')::int - (SELECT count(*)::int FROM pg_replication_slots)) i
        """;

    private const string Empty = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE 'forgotten%'";

    public string Name => "slots-full";

    public string Description => "all replication slots are in use, and a replica has none";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        // Patroni drops inactive slots that it does not know, unless it is told to ignore them.
        await IgnoreAsync(leader, new JsonArray(new JsonObject { ["type"] = "physical" }), cancellationToken);
        var postmaster = victim.Postmaster ?? throw new LabException($"{victim.Name} does not run.");
        postmaster.Signal(LabSignal.Stop);
        await ShortAbsence.CutAsync(leader, victim, cancellationToken);
        await ShortAbsence.DropSlotAsync(leader, victim, cancellationToken);
        await leader.ExecuteAsync(Fill, cancellationToken);
        postmaster.Signal(LabSignal.Continue);
        return new ScenarioResult(leader.Name, victim.Name, $"Slot {victim.SlotName} is gone from {leader.Name}, and others took all the room.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        var leader = cluster.Member(broken.Leader);
        await leader.ExecuteAsync(Empty, cancellationToken);
        await IgnoreAsync(leader, null, cancellationToken);
        await Healing.SlotsAsync(cluster, leader, cancellationToken);
    }

    private static Task<string> IgnoreAsync(LabMember leader, JsonArray? rules, CancellationToken cancellationToken) =>
        leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["ignore_slots"] = rules }, cancellationToken);
}
