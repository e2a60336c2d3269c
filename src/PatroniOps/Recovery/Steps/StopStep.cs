
namespace PatroniOps.Recovery.Steps;

/// <summary>Stops Patroni on the member's node, and whatever PostgreSQL it leaves running.</summary>
internal sealed class StopStep : RecoveryStep
{
    public const string StepName = "stop";

    public override string Name => StepName;

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => $"{context.Member.Service.Stop()} on {context.Member.Node.Name}, and PostgreSQL with it.";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        context.Progress(new RebuildProgress("stopping Patroni and PostgreSQL"));
        await Standstill.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
        context.See("Patroni and PostgreSQL stopped");
    }

    public override Task UndoAsync(RebuildContext context, CancellationToken cancellationToken) => context.Member.Service.StartAsync(cancellationToken);
}
