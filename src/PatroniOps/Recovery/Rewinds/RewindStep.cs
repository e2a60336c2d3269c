using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.Rewinds;

/// <summary>pg_rewind in place. An attempt that was cut off has changed the WAL and the control file that it reads: the second one begins with those that were kept.</summary>
internal sealed class RewindStep : InPlaceStep
{
    public override string Name => "rewind";

    public override string Describe(RebuildContext context) =>
        $"{context.Member.Program("pg_rewind", "--target-pgdata", context.Job.DataDirectory, "--source-server", "...")} (from {context.Job.Source}). This cannot be undone.";

    protected override async Task ChangeAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var snapshot = await context.LookAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot.Leader is not { Host: { } host, Port: { } port } leader)
            throw new PatroniOpsException(FailureKind.Refused, $"{snapshot.NoLeader}: there is none to rewind to.");
        var role = RewindRole.Of(context.Member);
        var marker = PathOf.Join(context.Job.JournalDirectory, $"{context.Job.Id}.rewinding");
        if (await context.Files.ExistsAsync(marker, cancellationToken).ConfigureAwait(false))
            await KeptFiles.RestoreWalAsync(context, cancellationToken).ConfigureAwait(false);
        await context.Files.WriteAsync(marker, ReadOnlyMemory<byte>.Empty, "600", null, cancellationToken).ConfigureAwait(false);
        await PasswordFile.WriteAsync(context, host, port, role, cancellationToken).ConfigureAwait(false);
        context.Progress(new RebuildProgress($"rewinding to {leader.Name}"));
        List<string> arguments = ["--target-pgdata", context.Job.DataDirectory, "--source-server", PasswordFile.Connection(context, host, port, role.UserName)];
        // Without a restore_command, where pg_rewind looks for it, the option is an error; before PostgreSQL 13 it always is.
        if (VersionGate.RestoreTargetWal.Judge(leader).HasPassed == true && await RestoreCommandSetting.ReadAsync(context.Member, PathOf.Join(context.Job.DataDirectory, "postgresql.conf"), cancellationToken).ConfigureAwait(false) is not null)
            arguments.Add("--restore-target-wal");
        var result = await Leash.RunAsync(context.Member.Node, KeptFiles.Alone(context, context.Member.Program("pg_rewind", arguments)), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new PatroniOpsException(FailureKind.Refused, $"pg_rewind to {leader.Name} failed ({result.ExitCode}): {Redaction.Text(result.Said)}");
        await context.Files.RemoveAsync(marker, CancellationToken.None).ConfigureAwait(false);
        context.See(result.Said);
    }
}
