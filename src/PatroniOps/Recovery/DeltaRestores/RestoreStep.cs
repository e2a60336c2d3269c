using PatroniOps.Archives;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.DeltaRestores;

/// <summary>pgbackrest --delta restore in place: files that differ from the backup are written, what is not in it is removed.</summary>
internal sealed class RestoreStep : RecoveryStep
{
    public override string Name => "restore";

    public override bool ChangesMember => true;

    public override string Describe(RebuildContext context) => $"pgbackrest --delta --type=standby --pg1-path={context.Job.DataDirectory} restore. This cannot be undone.";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        // A restore that was cut off has left no configuration to ask.
        if (!context.Facts.TryGetValue(RestoreCommand.Fact, out var command))
        {
            var kept = await RestoreCommandOfKeptAsync(context, cancellationToken).ConfigureAwait(false);
            context.Facts[RestoreCommand.Fact] = command = kept ?? throw new PatroniOpsException(FailureKind.Refused, "the member's restore_command cannot be read any more.");
        }
        var pgBackRest = PgBackRestCommand.FromRestoreCommand(command)
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, "the member's restore_command is not a plain call of pgbackrest.");
        context.Progress(new RebuildProgress("restoring from the repository"));
        var call = pgBackRest.Call("--delta", "--type=standby", $"--pg1-path={context.Job.DataDirectory}", "restore") with { RunAs = context.Member.Owner };
        var result = await Leash.RunAsync(context.Member.Node, call, cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new PatroniOpsException(FailureKind.Refused, $"pgbackrest restore failed ({result.ExitCode}): {Redaction.Text(result.Said)}");
        context.See("restored from the repository");
    }

    private static async Task<string?> RestoreCommandOfKeptAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var configuration = PathOf.Join(KeptFiles.PathFor(context), "configuration/postgresql.conf");
        var file = await context.Files.ExistsAsync(configuration, cancellationToken).ConfigureAwait(false) ? configuration
            : PathOf.Join(context.Member.Configuration.ConfigDirectory ?? context.Job.DataDirectory, "postgresql.conf");
        var answer = await context.Member.Node.RunAsync(
            context.Member.Program("postgres", "-D", context.Job.DataDirectory, $"--config-file={file}", "-C", "restore_command"), cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess && answer.Output.Trim() is { Length: > 0 } command ? command : null;
    }
}
