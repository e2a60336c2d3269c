using PatroniOps.Nodes;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Renames the proven copy to the data directory's name.</summary>
internal sealed class PutInPlaceStep : RecoveryStep
{
    /// <summary>The fact that the copy was the member's data for a while.</summary>
    public const string WasInUse = "copy was in use";

    public override string Name => "put-in-place";

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => $"mv {context.Job.NewDirectory} {context.Job.DataDirectory}";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await FreePlace.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
        await DirectoryMove.RunAsync(context.Files, job.NewDirectory, job.DataDirectory, context.Facts[PrepareStep.NewIdentity]).ConfigureAwait(false);
        foreach (var linked in LinkedDirectory.Of(context))
        {
            await DirectoryMove.RunAsync(context.Files, linked.NewTarget(context), linked.Target, context.Facts[$"{PrepareStep.NewIdentity} {linked.Link}"]).ConfigureAwait(false);
            await context.Files.LinkAsync(linked.Target, PathOf.Join(job.DataDirectory, linked.Link), CancellationToken.None).ConfigureAwait(false);
        }
        context.Facts[WasInUse] = "yes";
        context.See($"the copy is {job.DataDirectory}");
    }

    // The copy keeps the name that it had: it may be newer than what comes back.
    public override async Task UndoAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await FreePlace.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
        foreach (var linked in LinkedDirectory.Of(context))
            await DirectoryMove.RunAsync(context.Files, linked.Target, linked.NewTarget(context), context.Facts[$"{PrepareStep.NewIdentity} {linked.Link}"]).ConfigureAwait(false);
        await DirectoryMove.RunAsync(context.Files, job.DataDirectory, job.NewDirectory, context.Facts[PrepareStep.NewIdentity]).ConfigureAwait(false);
        foreach (var linked in LinkedDirectory.Of(context))
            await context.Files.LinkAsync(linked.NewTarget(context), PathOf.Join(job.NewDirectory, linked.Link), CancellationToken.None).ConfigureAwait(false);
    }
}
