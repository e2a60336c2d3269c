using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.Rewinds;

/// <summary>
/// Has a server that was killed end in order: pg_rewind takes no other data, and the recovery that it tries by itself fails on a standby's. The WAL
/// that the recovery writes is of the history that is thrown away.
/// </summary>
/// <remarks>Sources: PostgreSQL, src/bin/pg_rewind/pg_rewind.c, ensureCleanShutdown; Patroni, patroni/postgresql/rewind.py, ensure_clean_shutdown.</remarks>
internal sealed class RecoverStep : InPlaceStep
{
    private static readonly string[] InOrder = ["shut down", "shut down in recovery"];

    public override string Name => "recover";

    public override string Describe(RebuildContext context) => $"If PostgreSQL was killed: remove standby.signal, and {Recovery(context)}.";

    protected override async Task ChangeAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        if (await StateAsync(context, cancellationToken).ConfigureAwait(false) is { } state && InOrder.Contains(state))
            return;
        context.Progress(new RebuildProgress("recovering what was killed"));
        foreach (var signal in (string[])["standby.signal", "recovery.signal"])
            await context.Files.RemoveAsync(PathOf.Join(context.Job.DataDirectory, signal), cancellationToken).ConfigureAwait(false);
        var result = await Leash.RunAsync(context.Member.Node, KeptFiles.Alone(context, Recovery(context)), cancellationToken).ConfigureAwait(false);
        state = await StateAsync(context, cancellationToken).ConfigureAwait(false);
        if (state is null || !InOrder.Contains(state))
            throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.DataDirectory} was left by a server that was killed, and cannot be recovered ({state ?? "no control file"}): {Redaction.Text(result.Said)}");
        context.See("a server that was killed is recovered and shut down");
    }

    private static async Task<string?> StateAsync(RebuildContext context, CancellationToken cancellationToken) =>
        (await ControlFile.ReadAsync(context.Member, context.Job.DataDirectory, cancellationToken).ConfigureAwait(false))?.State;

    // pg_rewind reads the WAL since the histories parted: its checkpoint must remove none.
    private static NodeCommand Recovery(RebuildContext context) => context.Member.Program("postgres", "--single", "-D", context.Job.DataDirectory,
        $"--config-file={PathOf.Join(context.Member.Configuration.ConfigDirectory ?? context.Job.DataDirectory, "postgresql.conf")}", "-c", "wal_keep_size=1TB", "template1");
}
