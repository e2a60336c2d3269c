using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Recovery.Steps;

/// <summary>Runs steps in order, writing ahead; goes on where a journal ends; takes steps back in reverse order.</summary>
/// <param name="steps">All steps of the method.</param>
/// <param name="context">What they share.</param>
/// <param name="journal">Where it is written.</param>
/// <param name="nodeLock">Held for the whole run; null for a method that does not look at the node.</param>
/// <param name="moment">Told of every line of the journal.</param>
internal sealed class StepRunner(IReadOnlyList<RecoveryStep> steps, RebuildContext context, JournalWriter journal, NodeLock? nodeLock, Action<StepMoment> moment)
{
    /// <summary>Runs what is not done yet.</summary>
    /// <param name="last">The step to stop after, with the run unfinished; null: all.</param>
    /// <param name="again">A step to run although it is done; null: none.</param>
    /// <param name="cancellationToken">Stops it at a safe place.</param>
    /// <exception cref="PatroniOpsException">A step failed: the text says what became of the member.</exception>
    public async Task RunAsync(string? last, string? again, CancellationToken cancellationToken)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (journal.Journal.IsDone(step.Name) && step.Name != again)
                continue;
            await StopHereAsync(step, cancellationToken).ConfigureAwait(false);
            await RequireLockAsync(step).ConfigureAwait(false);
            await WriteAsync(JournalEvent.Begun, i, null).ConfigureAwait(false);
            var known = new Dictionary<string, string>(context.Facts);
            try
            {
                await step.RunAsync(context, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await journal.AppendAsync(JournalEvent.Stopped, step.Name, "stopped by the user").ConfigureAwait(false);
                throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member}: stopped in the step {step.Name}. {HowToGoOn()}");
            }
            catch (PatroniOpsException e)
            {
                await FailAsync(i, e).ConfigureAwait(false);
                throw;
            }
            await WriteAsync(JournalEvent.Done, i, Learned(known)).ConfigureAwait(false);
            if (step.Name == last)
                return;
        }
        await EndAsync(JournalEvent.Finished, steps.Count - 1).ConfigureAwait(false);
    }

    /// <summary>Takes back every step that was begun, the last one first.</summary>
    public Task UndoAsync(CancellationToken cancellationToken) => UndoAsync(WriteAsync, cancellationToken);

    private async Task UndoAsync(Func<JournalEvent, int, IReadOnlyDictionary<string, string>?, Task> write, CancellationToken cancellationToken)
    {
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            if (!journal.Journal.HasBegun(steps[i].Name))
                continue;
            nodeLock?.Check();
            await write(JournalEvent.UndoBegun, i, null).ConfigureAwait(false);
            var known = new Dictionary<string, string>(context.Facts);
            await steps[i].UndoAsync(context, cancellationToken).ConfigureAwait(false);
            await write(JournalEvent.Undone, i, Learned(known)).ConfigureAwait(false);
        }
        await EndAsync(JournalEvent.RolledBack, 0).ConfigureAwait(false);
    }

    // Nobody comes back to a run that has ended: whatever crashes after the last line must not leave the password behind.
    private async Task EndAsync(JournalEvent how, int index)
    {
        if (context.Node is not null)
            await PasswordFile.RemoveAsync(context).ConfigureAwait(false);
        await journal.AppendAsync(how).ConfigureAwait(false);
        Tell(how, index);
    }

    private async Task StopHereAsync(RecoveryStep next, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
            return;
        await journal.AppendAsync(JournalEvent.Stopped, next.Name, "stopped by the user").ConfigureAwait(false);
        throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member}: stopped before the step {next.Name}. {HowToGoOn()}");
    }

    // Nothing is taken back either: somebody else may have the lock by now.
    private async Task RequireLockAsync(RecoveryStep next)
    {
        try
        {
            nodeLock?.Check();
        }
        catch (PatroniOpsException e)
        {
            await journal.AppendHereAtLeastAsync(JournalEvent.Stopped, next.Name, e.Message).ConfigureAwait(false);
            throw new PatroniOpsException(e.Kind, $"{e.Message} The rebuild of {context.Job.Member} has stopped before the step {next.Name}. {HowToGoOn()}", e);
        }
    }

    // Before the member was changed a failed rebuild leaves nothing behind; afterwards both ways stay open.
    private async Task FailAsync(int index, PatroniOpsException why)
    {
        await journal.AppendHereAtLeastAsync(JournalEvent.Failed, steps[index].Name, why.Message).ConfigureAwait(false);
        if (steps.Take(index + 1).Any(s => s.ChangesMember && journal.Journal.HasBegun(s.Name)))
            throw new PatroniOpsException(why.Kind, $"{why.Message} The rebuild of {context.Job.Member} has stopped in the step {steps[index].Name}. {HowToGoOn()}", why);
        try
        {
            await UndoAsync(WriteHereAtLeastAsync, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            throw new PatroniOpsException(why.Kind,
                $"{why.Message} {context.Job.Member} runs on its own data as before, but what the rebuild had begun beside it could not be taken back: {e.Message} {HowToGoOn()}", why);
        }
        throw new PatroniOpsException(why.Kind, $"{why.Message} {context.Job.Member} is as it was before.", why);
    }

    private Dictionary<string, string> Learned(Dictionary<string, string> known) =>
        context.Facts.Where(f => known.GetValueOrDefault(f.Key) != f.Value).ToDictionary(f => f.Key, f => f.Value);

    private string HowToGoOn() =>
        $"Go on with: Invoke-ReplicaRebuild -Resume {context.Job.Id}{(RebuildMethods.IsUndoable(context.Job.Method) ? $"; or take it back with: Undo-ReplicaRebuild {context.Job.Id}" : "")}";

    private async Task WriteAsync(JournalEvent what, int index, IReadOnlyDictionary<string, string>? facts)
    {
        await journal.AppendAsync(what, steps[index].Name, null, facts).ConfigureAwait(false);
        Tell(what, index);
    }

    // The copy may have filled the disk on which the journal lies too: what is taken back makes room for it again.
    private async Task WriteHereAtLeastAsync(JournalEvent what, int index, IReadOnlyDictionary<string, string>? facts)
    {
        await journal.AppendHereAtLeastAsync(what, steps[index].Name, null, facts).ConfigureAwait(false);
        Tell(what, index);
    }

    private void Tell(JournalEvent what, int index) => moment(new StepMoment(steps[index].Name, what, index + 1, steps.Count));
}
