using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Reinitializations;
using PatroniOps.Recovery.WalRescue;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Planning;

/// <summary>Carries out one way back. Each looks at the cluster again before it changes anything.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="store">Where this machine keeps journals.</param>
/// <param name="request">The member and its node.</param>
/// <param name="stallTimeout">How long nothing may change.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="told">Told what is done.</param>
public sealed class ReplicaRepair(
    PatroniConnection connection, JournalStore store, RebuildRequest request, TimeSpan stallTimeout, Action<RebuildProgress> progress, Action<string> told)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly long started = connection.Time.GetTimestamp();
    private readonly List<RebuildStep> steps = [];

    /// <exception cref="PatroniOpsException">Refused, failed or stalled: the text says where it stopped.</exception>
    public async Task<ReplicaRepairResult> RunAsync(RecoveryMethod method, CancellationToken cancellationToken) => method switch
    {
        RecoveryMethod.Wait => await WaitAsync(method, cancellationToken).ConfigureAwait(false),
        RecoveryMethod.RecreateSlot => await RecreateSlotAsync(cancellationToken).ConfigureAwait(false),
        RecoveryMethod.FixRestoreCommand => await FixRestoreCommandAsync(cancellationToken).ConfigureAwait(false),
        RecoveryMethod.RestoreWal => await RestoreWalAsync(cancellationToken).ConfigureAwait(false),
        RecoveryMethod.BaseBackup => await RebuildAsync(method, ReplicaRebuildMethod.BaseBackup, cancellationToken).ConfigureAwait(false),
        RecoveryMethod.Rewind => await RebuildAsync(method, ReplicaRebuildMethod.Rewind, cancellationToken).ConfigureAwait(false),
        RecoveryMethod.DeltaRestore => await RebuildAsync(method, ReplicaRebuildMethod.DeltaRestore, cancellationToken).ConfigureAwait(false),
        RecoveryMethod.Reinitialize => await ReinitializeAsync(cancellationToken).ConfigureAwait(false),
        _ => throw new PatroniOpsException(FailureKind.NotConfigured, $"{method} is no way back."),
    };

    private async Task<ReplicaRepairResult> WaitAsync(RecoveryMethod method, CancellationToken cancellationToken)
    {
        var lastChange = connection.Time.GetTimestamp();
        (WalAvailabilityStatus Status, Lsn? Needed) last = default;
        while (true)
        {
            var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
            var wal = WalAvailabilityJudge.Judge(snapshot).FirstOrDefault(w => w.Member == request.Member)
                ?? throw new PatroniOpsException(FailureKind.Refused, $"{request.Member} is no replica any more.");
            progress(new RebuildProgress(wal.Reason));
            if ((wal.Status, wal.NeededLsn) != last)
            {
                if (wal.Status != last.Status)
                    See(wal.Reason);
                (last, lastChange) = ((wal.Status, wal.NeededLsn), connection.Time.GetTimestamp());
            }
            if (wal.Status == WalAvailabilityStatus.Streaming)
                return Result(method, isUndoable: false);
            if (connection.Time.GetElapsedTime(lastChange) > stallTimeout)
                throw new PatroniOpsException(FailureKind.Refused, $"{request.Member} does not stream, and nothing has changed for {stallTimeout.TotalSeconds:0} s: {wal.Reason}");
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReplicaRepairResult> RecreateSlotAsync(CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var link = ReplicaLink.Of(Target(snapshot), snapshot);
        if (link.Upstream is not { Host: { } host, Port: { } port })
            throw new PatroniOpsException(FailureKind.Refused, $"the upstream of {request.Member} is not known. Nothing was changed.");
        // The name holds nothing but lower-case letters, digits and underscores.
        using var client = connection.ReplicationClient(request.Replication ?? (await NodeAsync(cancellationToken).ConfigureAwait(false)).Configuration.ReplicationCredential);
        var result = await client.QueryAsync(host, port, _ => [$"SELECT to_jsonb(pg_create_physical_replication_slot('{link.SlotName}', true))::text"], cancellationToken).ConfigureAwait(false);
        if (result[0].Failure is { } failure)
            throw failure;
        See($"slot {link.SlotName} made on {link.Upstream.Name}");
        return await WaitAsync(RecoveryMethod.RecreateSlot, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReplicaRepairResult> FixRestoreCommandAsync(CancellationToken cancellationToken)
    {
        var command = request.RestoreCommand
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, "What the restore_command is only a person knows: give -RestoreCommand. Nothing was changed.");
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        await RestoreCommandChange.RunAsync(connection, Target(snapshot).Name, command, snapshot, stallTimeout, cancellationToken).ConfigureAwait(false);
        See($"restore_command is set for {connection.Cluster}, and in force on {request.Member}");
        return await WaitAsync(RecoveryMethod.FixRestoreCommand, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReplicaRepairResult> RestoreWalAsync(CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        PreflightCheck.Require(WalRestorePreflight.Check(request.Member, snapshot), $"{request.Member} is not repaired");
        var node = await NodeAsync(cancellationToken).ConfigureAwait(false);
        var credential = request.Replication ?? node.Configuration.ReplicationCredential
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"{node.ConfigurationPath} names no replication role: give -ReplicationCredential.");
        var options = new WalRestoreOptions { StallTimeout = stallTimeout, Progress = p => progress(new RebuildProgress(p.Phase, p.BytesDone, p.BytesTotal)), Step = s => told(s.ToString()) };
        var restored = await new ReplicaWalRestorer(connection, node, credential, options).RunAsync(snapshot, cancellationToken).ConfigureAwait(false);
        steps.AddRange(restored.Steps);
        return Result(RecoveryMethod.RestoreWal, isUndoable: false) with { BytesMoved = restored.BytesMoved };
    }

    private async Task<ReplicaRepairResult> RebuildAsync(RecoveryMethod method, ReplicaRebuildMethod rebuild, CancellationToken cancellationToken)
    {
        var rebuilder = new ReplicaRebuilder(connection, store, progress, moment => told(moment.ToString()));
        var draft = await rebuilder.DraftAsync(request with { Method = rebuild }, cancellationToken).ConfigureAwait(false);
        var rebuilt = await rebuilder.RunAsync(draft, request.Replication, cancellationToken).ConfigureAwait(false);
        steps.AddRange(rebuilt.Steps);
        return Result(method, rebuilt.IsUndoable) with { JournalId = rebuilt.JournalId };
    }

    private async Task<ReplicaRepairResult> ReinitializeAsync(CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var facts = await ReinitializeFactsReader.ReadAsync(request, snapshot, cancellationToken).ConfigureAwait(false);
        PreflightCheck.Require(ReinitializePreflight.Check(request.Member, facts, snapshot), $"{request.Member} is not repaired");
        var rebuilt = await new Reinitializer(connection, store, stallTimeout, progress, moment => told(moment.ToString())).RunAsync(request.Member, snapshot, cancellationToken).ConfigureAwait(false);
        steps.AddRange(rebuilt.Steps);
        return Result(RecoveryMethod.Reinitialize, isUndoable: false) with { JournalId = rebuilt.JournalId };
    }

    private MemberSnapshot Target(ClusterSnapshot snapshot) => snapshot.Members.FirstOrDefault(m => m.Name == request.Member)
        ?? throw new PatroniOpsException(FailureKind.Refused, $"{request.Member} is not known any more. Nothing was changed.");

    private Task<PatroniNode> NodeAsync(CancellationToken cancellationToken) =>
        PatroniNode.OpenAsync(Node.Of(request.Node), request.Member, connection.Cluster, request.PatroniConfigPath, request.Service, cancellationToken);

    private void See(string text)
    {
        steps.Add(new RebuildStep(connection.Time.GetElapsedTime(started), text));
        told(text);
    }

    private ReplicaRepairResult Result(RecoveryMethod method, bool isUndoable) => new()
    {
        ConnectionId = connection.ConnectionId,
        Cluster = connection.Cluster,
        Member = request.Member,
        Method = method,
        IsUndoable = isUndoable,
        Duration = connection.Time.GetElapsedTime(started),
        Steps = steps,
    };
}
