using System.Security.Cryptography;
using System.Text;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>
/// A new directory for one restore test, with all that the test makes in it. A lock that dies with its holder tells a test at work from one that
/// was killed, whose directory the next test removes.
/// </summary>
internal sealed class ScratchDirectory : IDisposable
{
    private const string Prefix = "patroniops-restore-";
    private const string Marker = "patroniops-restore-test";
    private const string SocketPrefix = "/tmp/patroniops.";

    private readonly PostgresPrograms programs;
    private readonly NodeLock held;

    private ScratchDirectory(PostgresPrograms programs, string root, string sockets, NodeLock held)
    {
        this.programs = programs;
        this.held = held;
        (Root, Sockets) = (root, sockets);
    }

    public string Root { get; }

    /// <summary>The socket's directory lets nobody in but its owner; it lies apart because a socket's path is short.</summary>
    public string Sockets { get; }

    public string Data => Own("data");

    public string Tablespaces => Own("tablespaces");

    public string Own(string name) => PathOf.Join(Root, name);

    /// <summary>Makes one; never one that is there already.</summary>
    /// <exception cref="PatroniOpsException">It cannot be made.</exception>
    public static async Task<ScratchDirectory> CreateAsync(PostgresPrograms programs, string parent, CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var root = PathOf.Join(parent, $"{Prefix}{id}");
        var sockets = $"{SocketPrefix}{id}";
        var node = programs.Node;
        await node.MustAsync(new NodeCommand("mkdir", "-m", "700", root) { RunAs = programs.RunAs }, cancellationToken).ConfigureAwait(false);
        var held = await NodeLock.TakeAsync(node, PathOf.Join(root, "lock"), programs.RunAs, $"restore test {id}", cancellationToken).ConfigureAwait(false);
        var scratch = new ScratchDirectory(programs, root, sockets, held);
        await new NodeFiles(node, programs.RunAs).WriteAsync(scratch.Own(Marker), Encoding.ASCII.GetBytes(id), "600", null, cancellationToken).ConfigureAwait(false);
        await node.MustAsync(new NodeCommand("mkdir", "-m", "700", sockets) { RunAs = programs.RunAs }, cancellationToken).ConfigureAwait(false);
        return scratch;
    }

    /// <summary>Removes what killed tests have left in the directory, their servers included. What is no test's, or at work, is not touched.</summary>
    /// <returns>The directories that were removed.</returns>
    public static async Task<IReadOnlyList<string>> CleanAsync(PostgresPrograms programs, string parent, CancellationToken cancellationToken)
    {
        var files = new NodeFiles(programs.Node, programs.RunAs);
        var removed = new List<string>();
        foreach (var name in (await files.ListAsync(parent, cancellationToken).ConfigureAwait(false)).Where(IsOwn))
        {
            var root = PathOf.Join(parent, name);
            // Killed before it had made more than the directory.
            if ((await programs.Node.RunAsync(new NodeCommand("rmdir", root) { RunAs = programs.RunAs }, cancellationToken).ConfigureAwait(false)).IsSuccess)
                continue;
            if (await TryTakeAsync(programs, root, cancellationToken).ConfigureAwait(false) is not { } left)
                continue;
            using (left)
                await left.RemoveAsync(cancellationToken).ConfigureAwait(false);
            removed.Add(root);
        }
        return removed;
    }

    /// <summary>Ends the server that runs on it, whoever started it, and removes all.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var files = new NodeFiles(programs.Node, programs.RunAs);
        if (await files.ExistsAsync(PathOf.Join(Data, "postmaster.pid"), cancellationToken).ConfigureAwait(false))
            await programs.Node.RunAsync(programs.Call("pg_ctl", "stop", "-D", Data, "-m", "immediate", "-w", "-t", "60"), cancellationToken).ConfigureAwait(false);
        await files.RemoveAsync(Sockets, cancellationToken).ConfigureAwait(false);
        await files.RemoveAsync(Root, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => held.Dispose();

    private static bool IsOwn(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length == Prefix.Length + 16 && name[Prefix.Length..].All(char.IsAsciiHexDigitLower);

    private static async Task<ScratchDirectory?> TryTakeAsync(PostgresPrograms programs, string root, CancellationToken cancellationToken)
    {
        var id = root[^16..];
        var files = new NodeFiles(programs.Node, programs.RunAs);
        var marker = await files.ReadTextAsync(PathOf.Join(root, Marker), cancellationToken).ConfigureAwait(false);
        // Without the marker it holds nothing but the lock.
        var isEmpty = marker is null && (await files.ListAsync(root, cancellationToken).ConfigureAwait(false)).All(n => n == "lock");
        if (marker?.Trim() != id && !isEmpty)
            return null;
        try
        {
            var held = await NodeLock.TakeAsync(programs.Node, PathOf.Join(root, "lock"), programs.RunAs, "cleaning up", cancellationToken).ConfigureAwait(false);
            return new ScratchDirectory(programs, root, $"{SocketPrefix}{id}", held);
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.Refused)
        {
            return null;
        }
    }
}
