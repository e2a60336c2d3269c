using System.Net;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Takes a scheduled switchover back.</summary>
public static class ScheduledSwitchover
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    /// <exception cref="PatroniOpsException">None is scheduled, refused, or not done.</exception>
    public static async Task<PatroniSwitchover> CancelAsync(PatroniConnection connection, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        var scheduled = Of(snapshot);
        var call = await SingleCall.SendAsync(connection, HttpMethod.Delete, ClusterApi.Of(snapshot), "switchover", null, AnswerLimit, cancellationToken).ConfigureAwait(false);
        if (call.Answer is { Status: not HttpStatusCode.OK } answer)
            throw new PatroniOpsException(FailureKind.Refused, $"Cluster {connection.Cluster}: Patroni refused ({(int)answer.Status}): {answer.Text}. Nothing was changed.");
        var now = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        if (now.View.Value is not { ScheduledSwitchoverAt: null })
            throw new PatroniOpsException(call.Lost?.Kind ?? FailureKind.InvalidAnswer,
                $"Cluster {connection.Cluster}: {call}. But {(now.View.IsKnown ? "/cluster shows a scheduled switchover still" : $"whether it is taken back is not known: {now.View.Reason}")}.");
        return new PatroniSwitchover
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            Status = SwitchoverStatus.Canceled,
            OldLeader = snapshot.Leader?.Name,
            NewLeader = snapshot.View.Value!.ScheduledSwitchoverTo,
            At = scheduled,
            Duration = connection.Time.GetElapsedTime(started),
        };
    }

    /// <summary>When the scheduled switchover is to be.</summary>
    /// <exception cref="PatroniOpsException">None is scheduled, or it was not read.</exception>
    public static DateTimeOffset Of(ClusterSnapshot snapshot) => snapshot.View.Value is { } view
        ? view.ScheduledSwitchoverAt ?? throw new PatroniOpsException(FailureKind.Refused, $"Cluster {snapshot.Cluster} has no scheduled switchover, nothing was changed.")
        : throw new PatroniOpsException(snapshot.View.Failure ?? FailureKind.InvalidAnswer, $"Cluster {snapshot.Cluster}: whether a switchover is scheduled was not read: {snapshot.View.Reason}");
}
