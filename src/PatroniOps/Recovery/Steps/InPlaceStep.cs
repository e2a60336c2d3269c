namespace PatroniOps.Recovery.Steps;

/// <summary>
/// A step on the member's data in place. Nothing runs on it meanwhile, whatever happened since the member was stopped: the machine may have been
/// started again, and Patroni with it.
/// </summary>
internal abstract class InPlaceStep : RecoveryStep
{
    public sealed override bool ChangesMember => true;

    public sealed override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        await Standstill.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
        await ChangeAsync(context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does the step's one thing.</summary>
    protected abstract Task ChangeAsync(RebuildContext context, CancellationToken cancellationToken);
}
