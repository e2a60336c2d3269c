
namespace PatroniOps.Recovery.Steps;

/// <summary>Starts Patroni on the member's node.</summary>
internal sealed class StartStep : RecoveryStep
{
    public override string Name => "start";

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => $"{context.Member.Service.Start()} on {context.Member.Node.Name}";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        context.Progress(new RebuildProgress("starting Patroni"));
        await context.Member.Service.StartAsync(cancellationToken).ConfigureAwait(false);
        context.See("Patroni started");
    }

    public override Task UndoAsync(RebuildContext context, CancellationToken cancellationToken) => Standstill.EnsureAsync(context, cancellationToken);
}
