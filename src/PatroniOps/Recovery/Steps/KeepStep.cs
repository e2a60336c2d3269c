namespace PatroniOps.Recovery.Steps;

/// <summary>Keeps the member's configuration beside the data, and its WAL where a second attempt needs it.</summary>
internal sealed class KeepStep(bool withWal) : InPlaceStep
{
    public override string Name => "keep";

    public override string Describe(RebuildContext context) => $"Keep the member's configuration{(withWal ? " and pg_wal" : "")} in {KeptFiles.PathFor(context)}.";

    protected override Task ChangeAsync(RebuildContext context, CancellationToken cancellationToken) => KeptFiles.KeepAsync(context, withWal, cancellationToken);
}
