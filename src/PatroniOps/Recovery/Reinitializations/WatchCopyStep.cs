using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.Reinitializations;

/// <summary>Watches the node itself until it streams from what Patroni has copied.</summary>
/// <param name="stallTimeout">How long nothing may change.</param>
/// <remarks>Measured: /cluster calls a member running for up to two seconds after the call, so the node is polled, not the list.</remarks>
internal sealed class WatchCopyStep(TimeSpan stallTimeout) : RecoveryStep
{
    private const long SettledLag = 1 << 20;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    public override string Name => "watch";

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => $"Watch {context.Job.Member} until it streams on the leader's timeline with its slot active and its lag falling.";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var watch = await WatchStep.BeginAsync(context, cancellationToken).ConfigureAwait(false);
        var lastChange = context.Time.GetTimestamp();
        var phase = "";
        var failures = 0;
        long? previousLag = null;
        while (true)
        {
            var now = await watch.ReadAsync(cancellationToken).ConfigureAwait(false);
            context.Progress(now.Progress);
            if (now.Phase != phase || now.HasMoved)
                lastChange = context.Time.GetTimestamp();
            if (now.Phase != phase)
            {
                context.See(now.Phase);
                failures += HasFailed(phase, now.Phase) ? 1 : 0;
                phase = now.Phase;
            }
            if (failures >= 2)
                throw Stopped(context, $"the copy failed {failures} times and Patroni keeps trying; the data directory is gone. Its log on {context.Job.Member} says why (walsenders, pg_hba.conf, disk)");
            var isNew = now.PostmasterStart is { } start && context.Job.IsStartedAnew(start);
            if (isNew && now.IsStreaming && now.IsSlotActive && now.Lag is { } lag && (lag <= SettledLag || lag < previousLag))
            {
                WatchStep.Remember(context, now);
                return;
            }
            previousLag = now.Lag;
            if (context.Time.GetElapsedTime(lastChange) > stallTimeout)
                throw Stopped(context, $"nothing has changed for {stallTimeout.TotalSeconds:0} s; last seen: {phase}");
            await Task.Delay(PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    // The data is gone then, and Patroni tries again for ever.
    private static bool HasFailed(string before, string now) =>
        before.StartsWith("creating replica", StringComparison.Ordinal) && now.StartsWith("stopped", StringComparison.Ordinal);

    private static PatroniOpsException Stopped(RebuildContext context, string why) => new(FailureKind.Refused,
        $"{context.Job.Member}: reinitialize did not finish: {why}. Seen so far: {string.Join("; ", context.Seen.Select(s => s.Text))}.");
}
