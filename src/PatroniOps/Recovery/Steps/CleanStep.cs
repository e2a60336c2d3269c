namespace PatroniOps.Recovery.Steps;

/// <summary>Removes what was kept, now that the member streams.</summary>
internal sealed class CleanStep : RecoveryStep
{
    public override string Name => "clean";

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => $"rm -r {KeptFiles.PathFor(context)}";

    public override Task RunAsync(RebuildContext context, CancellationToken cancellationToken) => context.Files.RemoveAsync(KeptFiles.PathFor(context), cancellationToken);
}
