using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Gives a cluster another leader through Patroni, and is done when that one takes writes and the others follow it.</summary>
/// <remarks>Source: Patroni, patroni/api.py do_POST_failover and poll_failover_result: an immediate call blocks up to 2 x max(10, loop_wait) s.</remarks>
public sealed class Switchover(PatroniConnection connection, SwitchoverRequest request, TimeSpan timeout, Action<string> progress)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(10);

    private readonly List<SteeringStep> steps = [];
    private readonly long started = connection.Time.GetTimestamp();

    /// <summary>What will be done, for a person.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="candidate">The member that is to lead.</param>
    /// <param name="snapshot">A fresh one.</param>
    public static string Plan(SwitchoverRequest request, string candidate, ClusterSnapshot snapshot)
    {
        var from = snapshot.Leader is { } leader ? $"from {leader.Name} " : "";
        if (request.At is { } at)
            return $"Schedule a switchover of cluster {snapshot.Cluster} {from}to {candidate} for {at:u}";
        return CandidateJudge.IsLeaderAlive(snapshot)
            ? $"{(request.IsFailover ? "Fail over" : "Switch over")} cluster {snapshot.Cluster} {from}to {candidate}; writes stop while it lasts, connections to {snapshot.Leader!.Name} break"
            : $"Fail over cluster {snapshot.Cluster} {from}to {candidate}; what the old leader had committed and {candidate} never got is lost";
    }

    /// <summary>The candidate that is named, or the best one.</summary>
    /// <exception cref="PatroniOpsException">Refused by the checks, all told together; nothing was changed.</exception>
    public static string Choose(SwitchoverRequest request, ClusterSnapshot snapshot, Action<PreflightCheck> report)
    {
        var checks = SwitchoverPreflight.Check(request, snapshot);
        foreach (var check in checks)
            report(check);
        PreflightCheck.Require(checks, $"Cluster {snapshot.Cluster} keeps its leader");
        return request.Candidate ?? CandidateJudge.Best(snapshot, request.MaximumLag)!.Name;
    }

    /// <summary>Sends the call, once, and watches the cluster.</summary>
    /// <param name="candidate">From <see cref="Choose"/>.</param>
    /// <param name="before">The snapshot that was judged.</param>
    /// <param name="cancellationToken">Ends the watching, not what Patroni began.</param>
    /// <exception cref="PatroniOpsException">Refused, or no new leader took writes in time.</exception>
    public async Task<PatroniSwitchover> RunAsync(string candidate, ClusterSnapshot before, CancellationToken cancellationToken)
    {
        // The candidate's Patroni stays up; the leader's may be what is broken.
        var api = before.Members.First(m => m.Name == candidate).ApiUrl!;
        var call = await SingleCall.SendAsync(connection, HttpMethod.Post, api, request.IsFailover ? "failover" : "switchover", Body(candidate, before), AnswerLimit(before), cancellationToken).ConfigureAwait(false);
        Step(call.ToString());
        if (call.Answer is { Status: HttpStatusCode.BadRequest or HttpStatusCode.PreconditionFailed or HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound } answer)
            throw new PatroniOpsException(FailureKind.Refused, $"Cluster {connection.Cluster}: Patroni refused ({(int)answer.Status}): {answer.Text}. Nothing was changed.");
        return request.At is null
            ? await WatchAsync(before, call, cancellationToken).ConfigureAwait(false)
            : await ScheduledAsync(candidate, before, call, cancellationToken).ConfigureAwait(false);
    }

    private JsonElement Body(string candidate, ClusterSnapshot before)
    {
        var body = new JsonObject { ["candidate"] = candidate };
        // A failover that names the leader is taken for a switchover and refused when there is none.
        if (!request.IsFailover)
            body["leader"] = before.Leader!.Name;
        if (request.At is { } at)
            body["scheduled_at"] = at.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);
        using var document = JsonDocument.Parse(body.ToJsonString());
        return document.RootElement.Clone();
    }

    private static TimeSpan AnswerLimit(ClusterSnapshot before)
    {
        var loop = before.Configuration.Value?.LoopWait ?? TimeSpan.FromSeconds(10);
        return (2 * (loop > TimeSpan.FromSeconds(10) ? loop : TimeSpan.FromSeconds(10))) + AnswerMargin;
    }

    private async Task<PatroniSwitchover> WatchAsync(ClusterSnapshot before, SingleCall call, CancellationToken cancellationToken)
    {
        TimeSpan? writable = null;
        while (true)
        {
            var now = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
            var reading = SwitchoverReading.Of(before, now);
            progress(reading.Phase);
            if (steps[^1].Text != reading.Phase)
                Step(reading.Phase);
            if (reading.NewLeader is not null)
                writable ??= connection.Time.GetElapsedTime(started);
            var isLate = connection.Time.GetElapsedTime(started) > timeout;
            if (reading.IsDone || (isLate && reading.NewLeader is not null))
                return Result(before, reading, writable);
            if (isLate)
                throw new PatroniOpsException(FailureKind.Timeout,
                    $"Cluster {connection.Cluster}: no new leader took writes within {timeout.TotalSeconds:0} s. {call}. Seen: {string.Join("; ", steps.Select(s => s.Text))}. Run Test-PatroniCluster.");
            // Patroni has taken its request back, and the old leader goes on.
            if (call.Answer is { IsAccepted: false } refused && CandidateJudge.IsLeaderAlive(now) && now.Leader!.Name == before.Leader?.Name && connection.Time.GetElapsedTime(started) > AnswerLimit(before))
                throw new PatroniOpsException(FailureKind.Refused, $"Cluster {connection.Cluster}: Patroni gave it up ({(int)refused.Status}): {refused.Text}. {now.Leader.Name} is still the leader.");
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private PatroniSwitchover Result(ClusterSnapshot before, SwitchoverReading reading, TimeSpan? writable) => new()
    {
        ConnectionId = connection.ConnectionId,
        Cluster = connection.Cluster,
        Status = reading.IsDone ? SwitchoverStatus.Done : SwitchoverStatus.NotFollowed,
        OldLeader = before.Leader?.Name,
        NewLeader = reading.NewLeader!.Name,
        Timeline = reading.NewLeader.Timeline,
        WritableAfter = writable,
        Duration = connection.Time.GetElapsedTime(started),
        Following = reading.Following,
        NotFollowing = reading.NotFollowing,
        Steps = steps,
    };

    private async Task<PatroniSwitchover> ScheduledAsync(string candidate, ClusterSnapshot before, SingleCall call, CancellationToken cancellationToken)
    {
        if (call.Answer is { IsAccepted: false } refused)
            throw new PatroniOpsException(FailureKind.Refused, $"Cluster {connection.Cluster}: Patroni refused ({(int)refused.Status}): {refused.Text}. Nothing was changed.");
        var now = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        if (now.View.Value is not { ScheduledSwitchoverAt: { } at })
            throw new PatroniOpsException(call.Lost?.Kind ?? FailureKind.InvalidAnswer, $"Cluster {connection.Cluster}: {call}. But /cluster shows no scheduled switchover{(now.View.IsKnown ? "" : $": {now.View.Reason}")}.");
        return new PatroniSwitchover
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            Status = SwitchoverStatus.Scheduled,
            OldLeader = before.Leader?.Name,
            NewLeader = now.View.Value.ScheduledSwitchoverTo ?? candidate,
            At = at,
            Duration = connection.Time.GetElapsedTime(started),
            Steps = steps,
        };
    }

    private void Step(string text) => steps.Add(new SteeringStep(connection.Time.GetElapsedTime(started), text));
}
