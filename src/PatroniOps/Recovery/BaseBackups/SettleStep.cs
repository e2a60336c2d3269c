using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Does with the old data what was asked, now that the member has streamed.</summary>
internal sealed class SettleStep : RecoveryStep
{
    public const string StepName = "settle";

    public override string Name => StepName;

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => context.Job.OldData switch
    {
        OldDataPolicy.Keep => $"Keep {context.Job.OldDirectory}; Undo-ReplicaRebuild {context.Job.Id} puts it back.",
        OldDataPolicy.Archive => $"tar -czf {context.Job.OldArchive} {context.Job.OldDirectory}, compare the two, and rm -r {context.Job.OldDirectory}: from here on only the archive has the old data.",
        _ => $"rm -r {context.Job.OldDirectory}: from here on nothing can be undone.",
    };

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        if (context.Job.OldData == OldDataPolicy.Keep)
            return;
        if (context.Job.OldData == OldDataPolicy.Archive)
            await OldDataArchive.PackAsync(context, cancellationToken).ConfigureAwait(false);
        await context.Files.RemoveAsync(context.Job.OldDirectory, cancellationToken).ConfigureAwait(false);
        foreach (var linked in LinkedDirectory.Of(context))
            await context.Files.RemoveAsync(linked.OldTarget(context), cancellationToken).ConfigureAwait(false);
        context.See(context.Job.OldData == OldDataPolicy.Archive ? $"the old data is packed into {context.Job.OldArchive}" : "the old data is removed");
    }
}
