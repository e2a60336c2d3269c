using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Commands;

/// <summary>Undo-ReplicaRebuild: puts a replica's old data back, as long as it exists.</summary>
[Cmdlet(VerbsCommon.Undo, "ReplicaRebuild", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ReplicaRebuildJournal))]
public sealed class UndoReplicaRebuildCommand : JournalCmdlet
{
    /// <inheritdoc/>
    protected override async Task ForEachAsync(PatroniConnection connection, ReplicaRebuildJournal journal, CancellationToken cancellationToken)
    {
        var steps = ReplicaRebuilder.StepsOf(journal.Method).Where(journal.HasBegun).Reverse().Select(s => $"take back: {s}").ToList();
        if (!await AskAsync($"Put the old data of {journal.Member} in cluster {journal.Cluster} back", steps).ConfigureAwait(false))
            return;
        var activity = $"Undo {journal.Method} {journal.Member}";
        Emit(await Rebuilder(connection, activity).UndoAsync(journal, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }
}
