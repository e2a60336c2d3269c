using PatroniOps.Archives;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.DeltaRestores;

/// <summary>pgbackrest --delta restore in place: files that differ from the backup are written, what is not in it is removed.</summary>
internal sealed class RestoreStep : InPlaceStep
{
    public override string Name => "restore";

    public override string Describe(RebuildContext context) => $"pgbackrest --delta --type=standby --pg1-path={context.Job.DataDirectory} restore. This cannot be undone.";

    protected override async Task ChangeAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        // A restore that was cut off has left no configuration to ask.
        if (!context.Facts.TryGetValue(RestoreCommandSetting.Fact, out var command))
        {
            var kept = await RestoreCommandOfKeptAsync(context, cancellationToken).ConfigureAwait(false);
            context.Facts[RestoreCommandSetting.Fact] = command = kept ?? throw new PatroniOpsException(FailureKind.Refused, "the member's restore_command cannot be read any more.");
        }
        var pgBackRest = PgBackRestCommand.FromRestoreCommand(command)
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, "the member's restore_command is not a plain call of pgbackrest.");
        context.Progress(new RebuildProgress("restoring from the repository"));
        // Nothing runs: it is a killed server's, and pgBackRest would take it for a running one.
        await context.Files.RemoveAsync(PathOf.Join(context.Job.DataDirectory, "postmaster.pid"), cancellationToken).ConfigureAwait(false);
        var call = pgBackRest.Call("--delta", "--type=standby", $"--pg1-path={context.Job.DataDirectory}", "restore");
        var result = await Leash.RunAsync(context.Member.Node, KeptFiles.Alone(context, call), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new PatroniOpsException(FailureKind.Refused, $"pgbackrest restore failed ({result.ExitCode}): {Redaction.Text(result.Said)}");
        context.See("restored from the repository");
    }

    private static async Task<string?> RestoreCommandOfKeptAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var kept = PathOf.Join(KeptFiles.PathFor(context), "configuration/postgresql.conf");
        var isKept = await context.Files.ExistsAsync(kept, cancellationToken).ConfigureAwait(false);
        return await RestoreCommandSetting.ReadAsync(context.Member, isKept ? kept : null, cancellationToken).ConfigureAwait(false);
    }
}
