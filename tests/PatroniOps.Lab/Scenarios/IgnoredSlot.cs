using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A permanent slot that is configured so that Patroni does not make it.</summary>
internal static class IgnoredSlot
{
    public static Task ConfigureAsync(LabMember leader, JsonObject change, CancellationToken cancellationToken) =>
        leader.Rest.SendAsync(HttpMethod.Patch, "/config", change, cancellationToken);

    /// <summary>Waits until the leader has gone through its loop with that configuration.</summary>
    /// <exception cref="LabException">Patroni has made the slot.</exception>
    public static async Task DemandNoneAsync(LabCluster cluster, LabMember leader, string name, CancellationToken cancellationToken)
    {
        await Task.Delay(2 * cluster.Options.LoopWait, cancellationToken);
        if (await leader.ScalarAsync<long>($"SELECT count(*) FROM pg_replication_slots WHERE translate(slot_name, '-', '_') = '{name}'", cancellationToken) > 0)
            throw new LabException($"Patroni has made the slot {name}.");
    }
}
