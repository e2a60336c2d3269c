using System.Net;
using System.Text.Json.Nodes;
using PatroniOps.Advice;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Steering;

namespace PatroniOps.Slots;

/// <summary>Makes and drops slots, each call once, and looks at what came of it.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="replication">A role with REPLICATION; null takes the connection's own.</param>
public sealed class SlotRepairer(PatroniConnection connection, NetworkCredential? replication)
{
    private const string AlreadyThere = "42710";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Does what the plan says. Where it should help a member, waits until that one streams through the slot.</summary>
    /// <returns>The plan with what was seen; IsActive is not true when the member did not come in time.</returns>
    /// <exception cref="PatroniOpsException">Refused; the text says what was done before.</exception>
    public async Task<SlotRepair> RunAsync(SlotRepair repair, ClusterSnapshot snapshot, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var node = snapshot.Members.First(m => m.Name == repair.Member);
        if (repair.Action == SlotRepairAction.MakePermanent)
            await KeepAsync(repair, snapshot, timeout, cancellationToken).ConfigureAwait(false);
        if (repair.Action is SlotRepairAction.Drop or SlotRepairAction.Recreate)
            await DropAsync(node, repair.SlotName, cancellationToken).ConfigureAwait(false);
        if (repair.Action is SlotRepairAction.Create or SlotRepairAction.Recreate)
            await CreateAsync(node, repair, cancellationToken).ConfigureAwait(false);
        return await WatchAsync(repair, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops one slot; the server refuses while it is in use.</summary>
    /// <exception cref="PatroniOpsException">Refused: nothing was changed.</exception>
    public Task DropAsync(MemberSnapshot node, string slot, CancellationToken cancellationToken) => CallAsync(node, SlotSql.Drop, slot, cancellationToken);

    private async Task CreateAsync(MemberSnapshot node, SlotRepair repair, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(node, SlotSql.Create, repair.SlotName, cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e) when (e.InnerException is Npgsql.PostgresException { SqlState: AlreadyThere })
        {
            // Patroni made it in the meantime.
        }
        catch (PatroniOpsException e) when (repair.Action == SlotRepairAction.Recreate)
        {
            throw new PatroniOpsException(e.Kind, $"Slot {repair.SlotName} on {node.Name} was dropped, but not made anew: {e.Message}", e);
        }
    }

    private async Task CallAsync(MemberSnapshot node, string sql, string slot, CancellationToken cancellationToken)
    {
        if (node is not { Host: { } host, Port: { } port })
            throw new PatroniOpsException(FailureKind.NotConfigured, $"The address of {node.Name}'s PostgreSQL is not known. Nothing was changed.");
        using var client = connection.ReplicationClient(replication);
        try
        {
            await client.CallOnceAsync(host, port, sql, slot, cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.PermissionDenied)
        {
            throw new PatroniOpsException(FailureKind.PermissionDenied, $"{node.Name}: the role {client.Options.EffectiveUserName} may not change slots: it needs the REPLICATION attribute. Give -ReplicationCredential. Nothing was changed.", e);
        }
    }

    private async Task KeepAsync(SlotRepair repair, ClusterSnapshot snapshot, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { [PermanentSlotsKey.Of(snapshot.Configuration.Value!)] = new JsonObject { [repair.SlotName] = new JsonObject { ["type"] = "physical" } } };
        await new ConfigurationChanger(connection, snapshot).RunAsync(ConfigurationPatch.Parse(patch.ToJsonString()), timeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SlotRepair> WatchAsync(SlotRepair repair, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        while (true)
        {
            var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
            var node = snapshot.Members.FirstOrDefault(m => m.Name == repair.Member);
            if (node?.Postgres.Slots.Value is not { } slots)
                throw new PatroniOpsException(FailureKind.Unreachable, $"{repair.Member}: the call was made, but its slots were not read afterwards: {node?.Postgres.Slots.Reason ?? "the member is not listed any more"}");
            var row = slots.FirstOrDefault(s => s.Name == repair.SlotName);
            var isThere = row is not null && row.WalStatus != "lost";
            var isDone = repair.Action == SlotRepairAction.Drop ? row is null
                : repair.Action == SlotRepairAction.MakePermanent ? isThere && snapshot.Configuration.Value?.PermanentSlots.Any(s => s.Name == repair.SlotName) == true
                : isThere;
            var waits = repair is { DoesItHelp: true, Action: SlotRepairAction.Create or SlotRepairAction.Recreate };
            if ((isDone && (!waits || row!.IsActive == true)) || connection.Time.GetElapsedTime(started) > timeout)
                return repair with { IsDone = isDone, IsActive = row?.IsActive, RestartLsn = row?.RestartLsn };
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
