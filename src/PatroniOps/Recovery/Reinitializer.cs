using System.Net;
using System.Text.Json;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>Has Patroni reinitialize a replica and watches the node itself until it streams again.</summary>
/// <remarks>Sources: Patroni, patroni/api.py do_POST_reinitialize, patroni/ha.py; measured: /cluster calls a member running for up to two
/// seconds after the call, so the node is polled, not the list.</remarks>
/// <param name="connection">The member's cluster.</param>
/// <param name="member">The replica.</param>
/// <param name="stallTimeout">How long nothing may change.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="fromLeader">Copy from the leader, whatever clonefrom says: Patroni 4.1 and later.</param>
public sealed class Reinitializer(PatroniConnection connection, string member, TimeSpan stallTimeout, Action<RebuildProgress> progress, bool fromLeader = false)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);
    private const long SettledLag = 1 << 20;

    private readonly List<RebuildStep> steps = [];
    private readonly long started = connection.Time.GetTimestamp();

    /// <summary>What will be done, for a person.</summary>
    public static IReadOnlyList<string> Plan(string member, ClusterSnapshot snapshot)
    {
        var target = snapshot.Members.First(m => m.Name == member);
        var leader = snapshot.Leader!.Name;
        return
        [
            $"POST {target.ApiUrl}reinitialize: Patroni stops PostgreSQL on {member} and DELETES its data directory. This cannot be undone.",
            $"Patroni copies the cluster anew (create_replica_methods, by default pg_basebackup from {leader}).",
            $"Patroni starts PostgreSQL on {member}, which streams from {leader} through slot {SlotName.FromMember(member)}.",
            $"Watch {member} until it streams on the leader's timeline with its slot active and its lag falling.",
        ];
    }

    /// <summary>Runs the whole rebuild.</summary>
    /// <exception cref="PatroniOpsException">Refused, failed or stalled: the text says where it stopped.</exception>
    public async Task<ReplicaRebuildResult> RunAsync(ClusterSnapshot before, CancellationToken cancellationToken)
    {
        var target = before.Members.First(m => m.Name == member);
        var oldStart = target.Postgres.State.Value?.PostmasterStartTime ?? target.Patroni.Value?.PostmasterStartTime;
        var startedAt = connection.Time.GetUtcNow();
        await CallAsync(target, cancellationToken).ConfigureAwait(false);
        var (replica, link, lag) = await WatchAsync(target, before.Leader!, oldStart, cancellationToken).ConfigureAwait(false);
        return new ReplicaRebuildResult
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            Member = member,
            Method = ReplicaRebuildMethod.Reinitialize,
            IsUndoable = false,
            StartedAt = startedAt,
            Duration = connection.Time.GetElapsedTime(started),
            Timeline = replica.Timeline,
            LagBytes = lag,
            Lsn = replica.Position,
            SlotName = link.SlotName,
            Steps = steps,
        };
    }

    private async Task CallAsync(MemberSnapshot target, CancellationToken cancellationToken)
    {
        var body = JsonDocument.Parse(fromLeader ? """{"force": false, "from_leader": true}""" : """{"force": false}""").RootElement;
        try
        {
            var answer = await connection.Rest.SendAsync(HttpMethod.Post, target.ApiUrl!, "reinitialize", body, AnswerLimit, cancellationToken).ConfigureAwait(false);
            if (answer.Status != HttpStatusCode.OK)
                throw new PatroniOpsException(FailureKind.Refused, $"{member}: Patroni refused to reinitialize ({(int)answer.Status}): {answer.Text}. Nothing was changed.");
            Step($"Patroni answered: {answer.Text}");
        }
        catch (PatroniOpsException e) when (e.Kind is FailureKind.Timeout or FailureKind.InvalidAnswer)
        {
            // The call is never sent twice: whether it was taken shows in the node's state.
            Step($"no answer to the call, its outcome is read from the node: {e.Message}");
        }
    }

    private async Task<(MemberSnapshot Replica, ReplicaLink Link, long? Lag)> WatchAsync(
        MemberSnapshot target, MemberSnapshot leader, DateTimeOffset? oldStart, CancellationToken cancellationToken)
    {
        var watch = new RebuildWatch(connection, target, leader);
        var lastChange = connection.Time.GetTimestamp();
        var previous = "";
        var failures = 0;
        long? previousLag = null;
        while (true)
        {
            var now = await watch.ReadAsync(cancellationToken).ConfigureAwait(false);
            progress(now.Progress);
            if (now.Phase != previous)
            {
                Step(now.Phase);
                // creating replica -> stopped: the copy failed, the data is gone, and Patroni tries again for ever.
                if (previous.StartsWith("creating replica", StringComparison.Ordinal) && now.Phase.StartsWith("stopped", StringComparison.Ordinal) && ++failures >= 2)
                    throw Stopped($"the copy failed {failures} times and Patroni keeps trying; the data directory is gone. Its log on {member} says why (walsenders, pg_hba.conf, disk)");
                previous = now.Phase;
                lastChange = connection.Time.GetTimestamp();
            }
            if (now.HasMoved)
                lastChange = connection.Time.GetTimestamp();
            var isNew = now.PostmasterStart is { } start && start != oldStart;
            if (isNew && now.IsStreaming && now.IsSlotActive && now.Lag is { } lag && (lag <= SettledLag || lag < previousLag))
            {
                Step($"streams on timeline {now.Replica.Timeline}, slot {now.Link.SlotName} active, {lag} bytes behind");
                return (now.Replica, now.Link, lag);
            }
            previousLag = now.Lag;
            if (connection.Time.GetElapsedTime(lastChange) > stallTimeout)
                throw Stopped($"nothing has changed for {stallTimeout.TotalSeconds:0} s; last seen: {now.Phase}");
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private PatroniOpsException Stopped(string why) => new(FailureKind.Refused,
        $"{member}: reinitialize did not finish: {why}. Seen so far: {string.Join("; ", steps.Select(s => s.Text))}.");

    private void Step(string text) => steps.Add(new RebuildStep(connection.Time.GetElapsedTime(started), text));
}
