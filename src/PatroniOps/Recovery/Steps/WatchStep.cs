using PatroniOps.Patroni;

namespace PatroniOps.Recovery.Steps;

/// <summary>Watches the member until it has streamed for the whole soak time.</summary>
internal sealed class WatchStep : RecoveryStep
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(10);

    public override string Name => "watch";

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) =>
        $"Watch {context.Job.Member} until it has streamed on the leader's timeline, with its slot active, for {context.Job.SoakTime.TotalSeconds:0} s.";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        // It may have died with its machine since it was started.
        await context.Member.Service.StartAsync(cancellationToken).ConfigureAwait(false);
        var lastChange = context.Time.GetTimestamp();
        long? since = null;
        long? silentSince = null;
        var phase = "";
        var isStartedAgain = false;
        var watch = await BeginAsync(context, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var now = await watch.ReadAsync(cancellationToken).ConfigureAwait(false);
            context.Progress(now.Progress);
            if (now.Phase != phase || now.HasMoved)
                lastChange = context.Time.GetTimestamp();
            if (now.Phase != phase)
                context.See(phase = now.Phase);
            silentSince = now.Replica.Patroni.IsKnown ? null : silentSince ?? context.Time.GetTimestamp();
            since = silentSince is null && now is { IsStreaming: true, IsSlotActive: true } ? since ?? context.Time.GetTimestamp() : null;
            if (since is { } from && context.Time.GetElapsedTime(from) >= context.Job.SoakTime)
            {
                Remember(context, now);
                return;
            }
            // What is killed meanwhile is started again, once: what then ends again has a reason of its own.
            if (!isStartedAgain && silentSince is { } silent && context.Time.GetElapsedTime(silent) > SilenceLimit)
            {
                isStartedAgain = true;
                await context.Member.Service.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            if (since is null && context.Time.GetElapsedTime(lastChange) > StallLimit)
                throw new PatroniOpsException(FailureKind.Refused, $"nothing has changed for {StallLimit.TotalMinutes:0} minutes; last seen: {phase}.");
            await Task.Delay(PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What was seen of a member that streams, for the result.</summary>
    public static void Remember(RebuildContext context, RebuildReading now)
    {
        context.See($"streams on timeline {now.Replica.Timeline}, slot {now.Link.SlotName} active, {now.Lag} bytes behind");
        context.Facts["timeline"] = $"{now.Replica.Timeline}";
        context.Facts["position"] = $"{now.Replica.Position}";
        context.Facts["lag"] = $"{now.Lag}";
    }

    /// <summary>Begins to watch once the member is listed again, for which Patroni may need a moment.</summary>
    /// <exception cref="PatroniOpsException">It leads by now, or is not listed again.</exception>
    public static async Task<RebuildWatch> BeginAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        while (true)
        {
            var snapshot = await context.LookAsync(cancellationToken).ConfigureAwait(false);
            if (snapshot.Members.FirstOrDefault(m => m.Name == context.Job.Member) is { ApiUrl: not null } member && snapshot.Leader is { } leader && leader != member)
                return new RebuildWatch(context.Connection, member, leader);
            if (snapshot.Leader?.Name == context.Job.Member)
                throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member} leads now: it runs on the new data, and cannot be seen to stream.");
            if (context.Time.GetElapsedTime(began) > StallLimit)
                throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member} is not listed by its cluster again, or there is no other leader.");
            await Task.Delay(PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
