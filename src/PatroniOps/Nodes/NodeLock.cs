using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>A lock on a node that dies with its holder: a process there keeps it for as long as its input is open.</summary>
public sealed class NodeLock : IDisposable
{
    private const int Taken = 75;

    private readonly NodeProcess holder;
    private readonly string path;
    private readonly string node;

    private NodeLock(NodeProcess holder, string path, string node)
    {
        this.holder = holder;
        this.path = path;
        this.node = node;
    }

    /// <summary>Takes the lock, or says that somebody has it.</summary>
    /// <param name="node">Where.</param>
    /// <param name="path">The lock's file; its text names who holds it.</param>
    /// <param name="runAs">The file's owner.</param>
    /// <param name="holderText">Who takes it, for the one who comes second.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PatroniOpsException">Refused: it is held.</exception>
    public static async Task<NodeLock> TakeAsync(Node node, string path, string? runAs, string holderText, CancellationToken cancellationToken)
    {
        var command = new NodeCommand("flock", "--nonblock", "--conflict-exit-code", $"{Taken}", path, "sh", "-c", """printf '%s\n' "$2" >"$1"; echo held; exec cat >/dev/null""", "sh", path, holderText) { RunAs = runAs };
        var process = await node.StartAsync(command, cancellationToken).ConfigureAwait(false);
        try
        {
            if (await process.ReadLineAsync(cancellationToken).ConfigureAwait(false) == "held")
                return new NodeLock(process, path, node.Name);
            var error = await process.ReadErrorAsync(cancellationToken).ConfigureAwait(false);
            if (error.Trim().Length > 0)
                throw new PatroniOpsException(FailureKind.Refused, $"{node.Name}: the lock {path} cannot be taken: {error.Trim()}");
            var who = await new NodeFiles(node, runAs).ReadTextAsync(path, cancellationToken).ConfigureAwait(false);
            throw new PatroniOpsException(FailureKind.Refused, $"{node.Name}: somebody else is at work on this member: {who?.Trim()} holds {path}. Nothing was changed.");
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Who holds the lock now, by its file's text; null: nobody.</summary>
    /// <param name="node">Where.</param>
    /// <param name="path">The lock's file.</param>
    /// <param name="runAs">The file's owner.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PatroniOpsException">It cannot be told.</exception>
    public static async Task<string?> HolderAsync(Node node, string path, string? runAs, CancellationToken cancellationToken)
    {
        var files = new NodeFiles(node, runAs);
        // flock would make the file.
        if (!await files.ExistsAsync(path, cancellationToken).ConfigureAwait(false))
            return null;
        var free = await node.RunAsync(new NodeCommand("flock", "--nonblock", "--conflict-exit-code", $"{Taken}", path, "true") { RunAs = runAs }, cancellationToken).ConfigureAwait(false);
        return free.IsSuccess ? null
            : free.ExitCode == Taken ? $"{(await files.ReadTextAsync(path, cancellationToken).ConfigureAwait(false))?.Trim()} holds {path}"
            : throw new PatroniOpsException(FailureKind.Refused, $"{node.Name}: the lock {path} cannot be looked at: {free.Said}");
    }

    /// <summary>Fails when the holder has ended, with the connection for instance: somebody else may have the lock now.</summary>
    /// <exception cref="PatroniOpsException">The lock is lost.</exception>
    public void Check()
    {
        if (holder.HasEnded)
            throw new PatroniOpsException(FailureKind.Unreachable, $"{node}: the lock {path} was lost: the connection to the node broke.");
    }

    public void Dispose() => holder.Dispose();
}
