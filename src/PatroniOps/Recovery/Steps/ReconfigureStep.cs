namespace PatroniOps.Recovery.Steps;

/// <summary>Puts the member's own configuration back over the source's, and makes it a standby.</summary>
internal sealed class ReconfigureStep : InPlaceStep
{
    public override string Name => "configure";

    public override string Describe(RebuildContext context) => "Put the member's configuration back and make it a standby (standby.signal).";

    protected override Task ChangeAsync(RebuildContext context, CancellationToken cancellationToken) => KeptFiles.RestoreConfigurationAsync(context, cancellationToken);
}
