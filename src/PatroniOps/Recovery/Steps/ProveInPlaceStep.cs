
namespace PatroniOps.Recovery.Steps;

/// <summary>Starts the data where it is, before Patroni decides anything about it, until it streams.</summary>
/// <param name="restoreCommandFact">The fact that holds the restore_command to catch up with; null: from the leader alone.</param>
internal sealed class ProveInPlaceStep(string? restoreCommandFact = null) : InPlaceStep
{
    public override string Name => "prove";

    public override string Describe(RebuildContext context) => $"Start {context.Job.DataDirectory} as a standby that nobody can connect to, wait until it streams, and shut it down.";

    protected override Task ChangeAsync(RebuildContext context, CancellationToken cancellationToken) =>
        new Trial(context, context.Job.DataDirectory, restoreCommandFact is null ? null : context.Facts.GetValueOrDefault(restoreCommandFact)).RunAsync(cancellationToken);
}
