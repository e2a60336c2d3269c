using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>
/// Starts the copy beside the data in use, where nobody can reach it, until it streams. What Patroni finds later is then a standby that was shut
/// down in recovery, which it follows with whatever version and setting; a raw backup it may run as a primary first.
/// </summary>
/// <remarks>Measured with Patroni 3.0.2 and use_pg_rewind: the raw backup diverged on its own timeline, with lag 0 and every code 200.</remarks>
internal sealed class ProveStep : RecoveryStep
{
    public const string StepName = "prove";

    public override string Name => StepName;

    public override string Describe(RebuildContext context) => $"Start {context.Job.NewDirectory} as a standby that nobody can connect to, wait until it streams, and shut it down.";

    public override Task RunAsync(RebuildContext context, CancellationToken cancellationToken) => new Trial(context, context.Job.NewDirectory).RunAsync(cancellationToken);

    public override Task UndoAsync(RebuildContext context, CancellationToken cancellationToken) => new Trial(context, context.Job.NewDirectory).UndoAsync(cancellationToken);
}
