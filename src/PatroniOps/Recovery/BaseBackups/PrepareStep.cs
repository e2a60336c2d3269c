using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Makes the empty directories that the copy goes to, beside those in use.</summary>
internal sealed class PrepareStep : RecoveryStep
{
    public const string OldIdentity = "old directory";
    public const string NewIdentity = "new directory";

    public override string Name => "prepare";

    public override string Describe(RebuildContext context) => $"Make {context.Job.NewDirectory}, beside the data in use.";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        var data = await context.Files.FindAsync(job.DataDirectory, cancellationToken).ConfigureAwait(false)
            ?? throw new PatroniOpsException(FailureKind.Refused, $"{job.DataDirectory} is not there.");
        context.Facts[OldIdentity] = DirectoryMove.Identity(data);
        context.Facts[NewIdentity] = await MakeAsync(context, job.NewDirectory, cancellationToken).ConfigureAwait(false);
        foreach (var linked in await LinkedDirectory.FindAsync(context.Files, job.DataDirectory, cancellationToken).ConfigureAwait(false))
        {
            linked.Remember(context);
            var target = (await context.Files.FindAsync(linked.Target, cancellationToken).ConfigureAwait(false))!;
            context.Facts[$"{OldIdentity} {linked.Link}"] = DirectoryMove.Identity(target);
            context.Facts[$"{NewIdentity} {linked.Link}"] = await MakeAsync(context, linked.NewTarget(context), cancellationToken).ConfigureAwait(false);
        }
    }

    // After an undo of a finished copy the new data stays for a look: only what never was in use is removed.
    public override async Task UndoAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        if (context.Facts.ContainsKey(PutInPlaceStep.WasInUse))
            return;
        // Those of a run that was killed before they were written down are still linked from the old data.
        var linked = LinkedDirectory.Of(context).Union(await LinkedDirectory.FindAsync(context.Files, context.Job.DataDirectory, cancellationToken).ConfigureAwait(false));
        string[] directories = [.. linked.Select(l => l.NewTarget(context)), context.Job.NewDirectory];
        await context.Member.Node.MustAsync(DirectoryLock.Tie(context, context.Job.NewDirectory, new NodeCommand("rm", ["-rf", "--one-file-system", "--", .. directories])), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> MakeAsync(RebuildContext context, string path, CancellationToken cancellationToken)
    {
        await context.Files.MakeDirectoryAsync(path, "700", cancellationToken).ConfigureAwait(false);
        return DirectoryMove.Identity((await context.Files.FindAsync(path, cancellationToken).ConfigureAwait(false))!);
    }
}
