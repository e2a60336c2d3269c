using System.Net;
using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Reinitializations;

/// <summary>Patroni's POST /reinitialize. It is sent once: after a lost answer or a crash its outcome is read from the node.</summary>
/// <param name="mayBeSent">A run before may have sent it.</param>
/// <param name="fromLeader">Copy from the leader, whatever clonefrom says.</param>
/// <remarks>Source: Patroni, patroni/ha.py, reinitialize and _do_reinitialize: PostgreSQL is stopped at once, and the state is "creating replica" until the
/// copy is there.</remarks>
internal sealed class CallStep(bool mayBeSent, bool fromLeader) : RecoveryStep
{
    public const string StepName = "call";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    public override string Name => StepName;

    public override string Describe(RebuildContext context) => $"POST /reinitialize to {context.Job.Member}. This cannot be undone.";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var snapshot = await context.LookAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot.Members.FirstOrDefault(m => m.Name == context.Job.Member) is not { ApiUrl: { } api } target)
            throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member} has no known address any more.");
        if (mayBeSent || !await IsAnsweredAsync(context, api, cancellationToken).ConfigureAwait(false))
            await EstablishAsync(context, target, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsAnsweredAsync(RebuildContext context, Uri api, CancellationToken cancellationToken)
    {
        var body = JsonDocument.Parse(fromLeader ? """{"force": false, "from_leader": true}""" : """{"force": false}""").RootElement;
        try
        {
            var answer = await context.Connection.Rest.SendAsync(HttpMethod.Post, api, "reinitialize", body, AnswerLimit, cancellationToken).ConfigureAwait(false);
            if (answer.Status != HttpStatusCode.OK)
                throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member}: Patroni refused to reinitialize ({(int)answer.Status}): {answer.Text}.");
            context.See($"Patroni answered: {answer.Text}");
            return true;
        }
        catch (PatroniOpsException e) when (e.Kind is FailureKind.Timeout or FailureKind.InvalidAnswer or FailureKind.Unreachable)
        {
            context.See($"no answer to the call, its outcome is read from the node: {e.Message}");
            return false;
        }
    }

    private static async Task EstablishAsync(RebuildContext context, MemberSnapshot target, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        bool? wasTaken = null;
        while (wasTaken != true && context.Time.GetElapsedTime(began) < AnswerLimit)
        {
            var status = await RebuildWatch.StatusAsync(context.Connection, target, cancellationToken).ConfigureAwait(false);
            wasTaken = WasTaken(context.Job, status);
            if (wasTaken != true)
                await Task.Delay(PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
        }
        if (wasTaken == false)
            throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member}: the call to reinitialize did not reach Patroni, and it is not sent a second time. Begin anew with: Invoke-ReplicaRebuild {context.Job.Member} -Method Reinitialize.");
        context.See(wasTaken == true ? "Patroni copies the member anew, or has started its PostgreSQL since the call" : "whether Patroni took the call is not known yet");
    }

    /// <summary>Whether Patroni took the call, by what it says of the member; null when that does not tell.</summary>
    /// <param name="job">Says when PostgreSQL had been started before the call.</param>
    /// <param name="status">Patroni's answer now.</param>
    internal static bool? WasTaken(RebuildJob job, Reading<PatroniStatus> status) => status.Value switch
    {
        null => null,
        { State: "creating replica" } => true,
        { PostmasterStartTime: { } now } => job.IsStartedAnew(now),
        _ => job.PostmasterStart is null ? false : null,
    };
}
