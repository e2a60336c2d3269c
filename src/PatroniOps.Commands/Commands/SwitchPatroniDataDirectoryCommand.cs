using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Commands;

/// <summary>Switch-PatroniDataDirectory: puts a base backup of New-PatroniBaseBackup in the place of a replica's data, which is kept.</summary>
[Cmdlet(VerbsCommon.Switch, "PatroniDataDirectory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ReplicaRebuildResult))]
public sealed class SwitchPatroniDataDirectoryCommand : JournalCmdlet
{
    /// <inheritdoc/>
    protected override async Task ForEachAsync(PatroniConnection connection, ReplicaRebuildJournal journal, CancellationToken cancellationToken)
    {
        var steps = ReplicaRebuilder.StepsOf(journal.Method).Skip(ReplicaRebuilder.CopySteps - 1).ToList();
        if (!await AskAsync($"Put {journal.Job.NewDirectory} in the place of {journal.Job.DataDirectory} on {journal.Member} in cluster {journal.Cluster}", steps).ConfigureAwait(false))
            return;
        var activity = $"Switch {journal.Member}";
        Emit(await Rebuilder(connection, activity).SwitchAsync(journal, Replication, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }
}
