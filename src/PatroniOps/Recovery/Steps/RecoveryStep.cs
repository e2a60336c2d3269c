namespace PatroniOps.Recovery.Steps;

/// <summary>
/// One step of a rebuild. It says what it will do, does one thing, and proves its effect. A step that was interrupted anywhere can be run again,
/// and one that can be taken back can be taken back from anywhere.
/// </summary>
internal abstract class RecoveryStep
{
    /// <summary>Its name in the journal.</summary>
    public abstract string Name { get; }

    /// <summary>From here on the member is not what it was: a failure before is taken back by itself, one after is for a person to decide.</summary>
    public virtual bool ChangesMember => false;

    /// <summary>What it will do, with the command that it stands for.</summary>
    public abstract string Describe(RebuildContext context);

    public abstract Task RunAsync(RebuildContext context, CancellationToken cancellationToken);

    /// <summary>Takes it back, whether it was done, half done or not begun.</summary>
    public virtual Task UndoAsync(RebuildContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
