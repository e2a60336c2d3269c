using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>pg_basebackup with a manifest into the new directory.</summary>
internal sealed class CopyStep : RecoveryStep
{
    public const string StepName = "copy";

    /// <summary>The fact that tells how much was copied.</summary>
    public const string BytesFact = "copied bytes";

    public override string Name => StepName;

    public override string Describe(RebuildContext context) =>
        context.Member.Program("pg_basebackup", ["-D", context.Job.NewDirectory, "-X", "stream", "--checkpoint=fast", .. Compression(context.Job.Compression)]).ToString() + $" (from {context.Job.Source})";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var source = await SourceAsync(context, cancellationToken).ConfigureAwait(false);
        var (host, port) = (source.Host!, source.Port!.Value);
        // What a killed attempt left is no copy.
        await EmptyAsync(context, cancellationToken).ConfigureAwait(false);
        await PasswordFile.WriteAsync(context, host, port, context.Replication, cancellationToken).ConfigureAwait(false);
        var command = context.Member.Program("pg_basebackup", await ArgumentsAsync(context, host, port, cancellationToken).ConfigureAwait(false));
        var result = await CopyWatch.WhileAsync(context.Connection, source, context.Progress, () => Leash.RunAsync(context.Member.Node, DirectoryLock.Tie(context, context.Job.NewDirectory, command), cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new PatroniOpsException(FailureKind.Refused, $"pg_basebackup from {context.Job.Source} failed ({result.ExitCode}): {Redaction.Text(result.Said)}");
        var bytes = await context.Files.UsedBytesAsync(context.Job.NewDirectory, cancellationToken).ConfigureAwait(false);
        context.Facts[BytesFact] = $"{bytes}";
        context.See($"copied {bytes >> 20} MiB from {context.Job.Source}");
    }

    private static async Task<MemberSnapshot> SourceAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var snapshot = await context.LookAsync(cancellationToken).ConfigureAwait(false);
        return snapshot.Members.FirstOrDefault(m => m.Name == context.Job.Source) is { Host: not null, Port: not null } source
            ? source
            : throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Source}, from which the copy is to come, has no known address any more.");
    }

    private static async Task EmptyAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        string[] directories = [context.Job.NewDirectory, .. LinkedDirectory.Of(context).Select(l => l.NewTarget(context))];
        foreach (var directory in directories)
            await context.Member.Node.MustAsync(DirectoryLock.Tie(context, context.Job.NewDirectory, new NodeCommand("find", directory, "-xdev", "-mindepth", "1", "-delete")), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<string>> ArgumentsAsync(RebuildContext context, string host, int port, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "-D", context.Job.NewDirectory, "-d", PasswordFile.Connection(context, host, port, context.Replication.UserName),
            "-X", "stream", "--checkpoint=fast", "--no-password", "--label", PasswordFile.ApplicationName(context),
        ];
        arguments.AddRange(Compression(context.Job.Compression));
        if (context.Job.MaximumRate is { } rate)
            arguments.AddRange(["--max-rate", $"{rate}k"]);
        var linked = LinkedDirectory.Of(context);
        if (linked.FirstOrDefault(l => l.Link == "pg_wal") is { } wal)
            arguments.AddRange(["--waldir", wal.NewTarget(context)]);
        foreach (var (oid, location) in await SourceTablespaces.ReadAsync(context.Connection, host, port, cancellationToken).ConfigureAwait(false))
        {
            // One that the member has not got yet is made where it will stay.
            var target = linked.FirstOrDefault(l => l.Link == $"pg_tblspc/{oid}")?.NewTarget(context) ?? location;
            arguments.AddRange(SourceTablespaces.Map(location, target));
        }
        return arguments;
    }

    /// <summary>The argument for a way to compress.</summary>
    internal static IReadOnlyList<string> Compression(CopyCompression compression) =>
        compression == CopyCompression.None ? [] : [$"--compress=server-{compression.ToString().ToLowerInvariant()}"];
}
