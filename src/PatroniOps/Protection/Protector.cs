using System.Text.Json.Nodes;
using PatroniOps.Advice;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Retention;
using PatroniOps.Snapshots;
using PatroniOps.Steering;

namespace PatroniOps.Protection;

/// <summary>
/// Keeps the slot of a member that goes down, as a permanent slot of the cluster's configuration, and lets it go again. What is about to be done is in
/// the journal before it is done.
/// </summary>
public sealed class Protector(PatroniConnection connection, ProtectionJournal journal, TimeSpan timeout)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(2);

    /// <summary>Go or no-go, from a fresh look. Changes nothing.</summary>
    public async Task<(PatroniProtection Answer, IReadOnlyList<ProtectionCheck> Checks, ClusterSnapshot Snapshot)> JudgeAsync(ProtectionRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        var rate = WalRate.FromSnapshot(snapshot);
        if (rate.Unknown is not null && snapshot.LeaderLsnAfter is { } before)
        {
            var earlier = new EarlierPosition(snapshot.TakenAt + snapshot.ReadWithin, before);
            await Task.Delay(Sample, connection.Time, cancellationToken).ConfigureAwait(false);
            snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
            rate = WalRate.FromSnapshot(snapshot with { Earlier = earlier });
        }
        var (answer, checks) = ProtectionJudge.Judge(request, snapshot, rate);
        return (answer, checks, snapshot);
    }

    /// <summary>Makes the slot permanent, and waits until the leader has it.</summary>
    /// <exception cref="PatroniOpsException">Refused, or not seen in time: the journal has it all the same, and Unprotect-PatroniMember takes it back.</exception>
    public async Task<PatroniProtection> ProtectAsync(PatroniProtection answer, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var open = journal.Open().FirstOrDefault(r => r.Member == answer.Member);
        var isPermanent = IsPermanent(answer.SlotName, snapshot.Configuration.Value);
        var now = connection.Time.GetUtcNow();
        var record = new ProtectionRecord
        {
            At = now,
            Event = ProtectionEvent.Begun,
            Member = answer.Member,
            SlotName = answer.SlotName,
            Since = open?.Since ?? now,
            Until = answer.Until,
            MaximumBytes = answer.MaximumBytes,
            WasPermanent = open?.WasPermanent ?? isPermanent,
        };
        journal.Append(record);
        if (!isPermanent)
            await PatchAsync(new JsonObject { [answer.SlotName] = new JsonObject { ["type"] = "physical" } }, snapshot, cancellationToken).ConfigureAwait(false);
        var kept = await WatchAsync(answer.SlotName, cancellationToken).ConfigureAwait(false);
        journal.Append(record with { At = connection.Time.GetUtcNow(), Event = ProtectionEvent.Protected });
        return answer with
        {
            IsProtected = true,
            RetainedBytes = kept,
            NextCommand = $"Unprotect-PatroniMember -Cluster {PowerShellText.Quote(answer.Cluster)} -Member {PowerShellText.Quote(answer.Member)}",
        };
    }

    /// <summary>The protections of this machine that are to be let go, and why.</summary>
    public IReadOnlyList<(ProtectionRecord Record, string Why)> Ended(ClusterSnapshot snapshot) =>
        [.. journal.Open().Select(r => (Record: r, Why: ProtectionEnd.Of(r, snapshot))).Where(e => e.Why is not null).Select(e => (e.Record, e.Why!))];

    /// <summary>The protection of one member; one that another machine made is known by the configuration alone.</summary>
    /// <exception cref="PatroniOpsException">There is none, or it is not this machine's and that is not enough.</exception>
    public ProtectionRecord Find(string member, ClusterSnapshot snapshot, bool takesForeign)
    {
        if (journal.Open().FirstOrDefault(r => string.Equals(r.Member, member, StringComparison.OrdinalIgnoreCase)) is { } record)
            return record;
        var slot = SlotName.FromMember(member);
        if (snapshot.Configuration.Value is not { } configuration)
            throw new PatroniOpsException(snapshot.Configuration.Failure ?? FailureKind.Unreachable, $"Whether {member} is protected is not known: the configuration was not read: {snapshot.Configuration.Reason}");
        if (!IsPermanent(slot, configuration))
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{member} is not protected: the configuration of cluster {snapshot.Cluster} has no permanent slot {slot}.");
        return takesForeign
            ? new ProtectionRecord { Member = member, SlotName = slot, Since = connection.Time.GetUtcNow(), Until = connection.Time.GetUtcNow() }
            : throw new PatroniOpsException(FailureKind.Refused, $"Slot {slot} is permanent, but this machine did not protect {member}: another one did, or it is meant to stay. -Force takes it out of the configuration all the same.");
    }

    /// <summary>Takes the slot out of the configuration. While the member is there, the slot stays, as Patroni's own for it; else Patroni drops it.</summary>
    /// <exception cref="PatroniOpsException">Refused: it is protected still.</exception>
    public async Task<PatroniProtection> LetGoAsync(ProtectionRecord record, string why, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var kept = ProtectionJudge.Retained(record.SlotName, snapshot);
        if (!record.WasPermanent && IsPermanent(record.SlotName, snapshot.Configuration.Value))
            await PatchAsync(snapshot.Configuration.Value!.PermanentSlots.Count == 1 ? null : new JsonObject { [record.SlotName] = null }, snapshot, cancellationToken).ConfigureAwait(false);
        journal.Append(record with { At = connection.Time.GetUtcNow(), Event = ProtectionEvent.LetGo, Text = why });
        var isThere = snapshot.Members.Any(m => m.Name == record.Member && !m.IsAbsent);
        return new PatroniProtection
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            Member = record.Member,
            SlotName = record.SlotName,
            Until = record.Until,
            MaximumBytes = record.MaximumBytes,
            RetainedBytes = kept,
            Reason = $"{record.Member} is not protected any more: {why}. {(record.WasPermanent ? $"Slot {record.SlotName} was permanent before and stays so." : isThere ? $"Slot {record.SlotName} is Patroni's own for it again." : $"{record.Member} is away: Patroni drops slot {record.SlotName}, and the WAL that it kept goes.")}",
        };
    }

    private static bool IsPermanent(string slot, DynamicConfiguration? configuration) => configuration?.PermanentSlots.Any(s => s.Name == slot) == true;

    private async Task PatchAsync(JsonObject? slots, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { [PermanentSlotsKey.Of(snapshot.Configuration.Value!)] = slots };
        var change = await new ConfigurationChanger(connection, snapshot).RunAsync(ConfigurationPatch.Parse(patch.ToJsonString()), timeout, cancellationToken).ConfigureAwait(false);
        if (change.Members.FirstOrDefault(m => m.Member == snapshot.Leader?.Name) is { State: ConfigurationState.NotSeen } leader)
            throw new PatroniOpsException(FailureKind.Timeout, $"The configuration of cluster {connection.Cluster} is changed, but {leader.Member} did not read it within {timeout.TotalSeconds:0} s.");
    }

    // What it keeps, once it is there.
    private async Task<long?> WatchAsync(string slot, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        while (true)
        {
            var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
            var row = snapshot.Leader?.Postgres.Slots.Value?.FirstOrDefault(s => s.Name == slot);
            if (row is { WalStatus: not "lost", RestartLsn: not null } && IsPermanent(slot, snapshot.Configuration.Value))
                return ProtectionJudge.Retained(slot, snapshot);
            if (connection.Time.GetElapsedTime(started) > timeout)
                throw new PatroniOpsException(FailureKind.Timeout, $"Slot {slot} is in the configuration of cluster {connection.Cluster}, but within {timeout.TotalSeconds:0} s it was not seen to keep WAL on {snapshot.Leader?.Name ?? "a leader"}: {Seen(row, snapshot)}.");
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Seen(SlotRow? row, ClusterSnapshot snapshot) => row is not null
        ? $"wal_status {row.WalStatus ?? "none"}, restart_lsn {row.RestartLsn?.ToString() ?? "none"}"
        : snapshot.Leader?.Postgres.Slots.Reason ?? "it is not there";
}
