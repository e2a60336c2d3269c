using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>pg_basebackup with a manifest into the new directory.</summary>
internal sealed class CopyStep : RecoveryStep
{
    private const string TablespacesSql =
        "SELECT coalesce(jsonb_object_agg(oid, pg_tablespace_location(oid)), '{}')::text FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    public const string StepName = "copy";

    /// <summary>The fact that tells how much was copied.</summary>
    public const string BytesFact = "copied bytes";

    public override string Name => StepName;

    public override string Describe(RebuildContext context) =>
        context.Member.Program("pg_basebackup", "-D", context.Job.NewDirectory, "-X", "stream", "--checkpoint=fast").ToString() + $" (from {context.Job.Source})";

    public override async Task RunAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var source = await SourceAsync(context, cancellationToken).ConfigureAwait(false);
        var (host, port) = (source.Host!, source.Port!.Value);
        // What a killed attempt left is no copy.
        await EmptyAsync(context, cancellationToken).ConfigureAwait(false);
        await PasswordFile.WriteAsync(context, host, port, context.Replication, cancellationToken).ConfigureAwait(false);
        var command = context.Member.Program("pg_basebackup", await ArgumentsAsync(context, host, port, cancellationToken).ConfigureAwait(false));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(context, source, done.Token);
        var result = await Leash.RunAsync(context.Member.Node, DirectoryLock.Tie(context, context.Job.NewDirectory, command), cancellationToken).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
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
        if (context.Job.MaximumRate is { } rate)
            arguments.AddRange(["--max-rate", $"{rate}k"]);
        var linked = LinkedDirectory.Of(context);
        if (linked.FirstOrDefault(l => l.Link == "pg_wal") is { } wal)
            arguments.AddRange(["--waldir", wal.NewTarget(context)]);
        foreach (var (oid, location) in await TablespacesAsync(context, host, port, cancellationToken).ConfigureAwait(false))
        {
            // One that the member has not got yet is made where it will stay.
            var target = linked.FirstOrDefault(l => l.Link == $"pg_tblspc/{oid}")?.NewTarget(context) ?? location;
            arguments.AddRange(["-T", $"{Escape(location)}={Escape(target)}"]);
        }
        return arguments;
    }

    private static async Task<IReadOnlyDictionary<string, string>> TablespacesAsync(RebuildContext context, string host, int port, CancellationToken cancellationToken)
    {
        var result = await context.Connection.Postgres.QueryAsync(host, port, _ => [TablespacesSql], cancellationToken).ConfigureAwait(false);
        return result[0].Document is { } row ? Json.Scalars(row).ToDictionary(s => s.Key, s => s.Value)
            : throw result[0].Failure ?? new PatroniOpsException(FailureKind.InvalidAnswer, $"{host}:{port}: the tablespaces were not read.");
    }

    private static string Escape(string path) => path.Replace("=", "\\=", StringComparison.Ordinal);

    private static async Task WatchAsync(RebuildContext context, MemberSnapshot source, CancellationToken cancellationToken)
    {
        var copy = new CopyProgress(context.Connection, source);
        try
        {
            while (true)
            {
                context.Progress(await copy.ReadAsync("copying", cancellationToken).ConfigureAwait(false));
                await Task.Delay(PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The copy has ended.
        }
    }
}
