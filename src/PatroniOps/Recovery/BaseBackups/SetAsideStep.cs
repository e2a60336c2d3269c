using PatroniOps.Nodes;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Renames the old data aside.</summary>
internal sealed class SetAsideStep : RecoveryStep
{
    public override string Name => "set-aside";

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => $"mv {context.Job.DataDirectory} {context.Job.OldDirectory}";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await FreePlace.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
        await DirectoryMove.RunAsync(context.Files, job.DataDirectory, job.OldDirectory, context.Facts[PrepareStep.OldIdentity]).ConfigureAwait(false);
        foreach (var linked in LinkedDirectory.Of(context))
        {
            await DirectoryMove.RunAsync(context.Files, linked.Target, linked.OldTarget(context), context.Facts[$"{PrepareStep.OldIdentity} {linked.Link}"]).ConfigureAwait(false);
            await context.Files.LinkAsync(linked.OldTarget(context), PathOf.Join(job.OldDirectory, linked.Link), CancellationToken.None).ConfigureAwait(false);
        }
        context.See($"the old data is {job.OldDirectory}");
    }

    public override async Task UndoAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await FreePlace.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
        foreach (var linked in LinkedDirectory.Of(context))
            await DirectoryMove.RunAsync(context.Files, linked.OldTarget(context), linked.Target, context.Facts[$"{PrepareStep.OldIdentity} {linked.Link}"]).ConfigureAwait(false);
        await DirectoryMove.RunAsync(context.Files, job.OldDirectory, job.DataDirectory, context.Facts[PrepareStep.OldIdentity]).ConfigureAwait(false);
        foreach (var linked in LinkedDirectory.Of(context))
            await context.Files.LinkAsync(linked.Target, PathOf.Join(job.DataDirectory, linked.Link), CancellationToken.None).ConfigureAwait(false);
    }
}
