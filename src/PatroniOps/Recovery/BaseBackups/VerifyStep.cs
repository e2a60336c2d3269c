using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Compares every copied file with the manifest, and reads the copied WAL.</summary>
internal sealed class VerifyStep : RecoveryStep
{
    public override string Name => "verify";

    public override string Describe(RebuildContext context) => Command(context).ToString();

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        context.Progress(new RebuildProgress("verifying the copy"));
        var result = await Leash.RunAsync(context.Member.Node, Command(context), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new PatroniOpsException(FailureKind.Refused, $"pg_verifybackup found the copy damaged: {result.Said}");
        var control = await ControlFile.ReadAsync(context.Member, context.Job.NewDirectory, cancellationToken).ConfigureAwait(false);
        if (control?.SystemIdentifier != context.Job.SystemIdentifier)
            throw new PatroniOpsException(FailureKind.Refused, $"the copy is of system {control?.SystemIdentifier ?? "unknown"}, not of {context.Job.SystemIdentifier}.");
        context.See("every file agrees with the manifest");
    }

    private static NodeCommand Command(RebuildContext context) => context.Member.Program("pg_verifybackup", "-q", context.Job.NewDirectory);
}
