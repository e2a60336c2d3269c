using System.Net;
using System.Text.Json;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Restarts the PostgreSQL of one member through its Patroni, and is done when a new postmaster serves again, streaming if it did before.</summary>
/// <remarks>Source: Patroni, patroni/api.py do_POST_restart: the call blocks until PostgreSQL is up; restart_pending counts by its presence.</remarks>
internal sealed class MemberRestart(PatroniConnection connection, TimeSpan timeout, bool pendingOnly, Action<string> progress)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FlagMargin = TimeSpan.FromSeconds(2);

    private readonly long started = connection.Time.GetTimestamp();

    /// <exception cref="PatroniOpsException">Refused, or it did not come back in time.</exception>
    public async Task<PatroniRestart> RunAsync(string member, ClusterSnapshot before, CancellationToken cancellationToken)
    {
        progress("restarting");
        using var body = JsonDocument.Parse(pendingOnly ? """{"restart_pending": true}""" : "{}");
        var call = await SingleCall.SendAsync(connection, HttpMethod.Post, Member(member, before).ApiUrl!, "restart", body.RootElement, timeout, cancellationToken).ConfigureAwait(false);
        return await WatchAsync(member, before, call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Watches a member whose restart has begun by other means.</summary>
    /// <exception cref="PatroniOpsException">It did not come back in time.</exception>
    public Task<PatroniRestart> WatchAsync(string member, ClusterSnapshot before, CancellationToken cancellationToken) => WatchAsync(member, before, null, cancellationToken);

    /// <summary>The start of its postmaster; null when it was not read.</summary>
    public static DateTimeOffset? StartOf(MemberSnapshot member) => member.Postgres.State.Value?.PostmasterStartTime ?? member.Patroni.Value?.PostmasterStartTime;

    private static MemberSnapshot Member(string name, ClusterSnapshot snapshot) => snapshot.Members.First(m => m.Name == name);

    private async Task<PatroniRestart> WatchAsync(string member, ClusterSnapshot before, SingleCall? call, CancellationToken cancellationToken)
    {
        var mustStream = Member(member, before).IsLeader ? false : ReplicationCheck.IsStreaming(ReplicaLink.Of(Member(member, before), before), before) == true;
        var patience = (2 * (before.Configuration.Value?.LoopWait ?? TimeSpan.FromSeconds(10))) + FlagMargin;
        long? ready = null;
        while (true)
        {
            var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
            var now = Member(member, snapshot);
            var isNew = StartOf(now) is { } start && start != StartOf(Member(member, before));
            if (!isNew && call?.Answer is { Status: not HttpStatusCode.OK } refused && now.Patroni.Value?.State == "running")
                throw new PatroniOpsException(FailureKind.Refused, $"{member}: Patroni refused to restart it ({(int)refused.Status}): {refused.Text}. Nothing was changed.");
            var streaming = now.IsLeader ? null : ReplicationCheck.IsStreaming(ReplicaLink.Of(now, snapshot), snapshot);
            var isBack = isNew && now.Postgres.State.IsKnown && now.Patroni.Value?.State == "running" && (!mustStream || streaming == true || now is { IsLeader: true, Postgres.State.Value.IsInRecovery: false });
            ready = isBack ? ready ?? connection.Time.GetTimestamp() : null;
            // Patroni takes the flag away in its next loop.
            if (isBack && (!now.Patroni.Value!.HasPendingRestart || connection.Time.GetElapsedTime(ready!.Value) > patience))
                return Result(now, mustStream ? streaming : null);
            var phase = isBack ? "back" : $"{now.Patroni.Value?.State ?? "Patroni does not answer"}{(isNew ? ", not streaming yet" : "")}";
            progress(phase);
            if (connection.Time.GetElapsedTime(started) > timeout)
                throw new PatroniOpsException(FailureKind.Timeout, $"{member} was not back within {timeout.TotalSeconds:0} s after its restart: {phase}.{(call is null ? "" : $" {call}.")} Run Test-PatroniCluster.");
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private PatroniRestart Result(MemberSnapshot now, bool? isStreaming) => new()
    {
        ConnectionId = connection.ConnectionId,
        Cluster = connection.Cluster,
        Member = now.Name,
        PostmasterStartTime = StartOf(now),
        IsStreaming = isStreaming,
        IsRestartPending = now.Patroni.Value!.HasPendingRestart,
        Duration = connection.Time.GetElapsedTime(started),
    };
}
