using System.Globalization;
using System.Text;
using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>Files of a node, through the POSIX tools that every node has.</summary>
/// <param name="node">Where.</param>
/// <param name="runAs">The user whose rights hold; null: whoever logs in.</param>
public sealed class NodeFiles(Node node, string? runAs = null)
{
    // Input that ends early is a writer that was killed: half a file never takes the name.
    private const string WriteScript =
        """set -e; umask 077; t="$1.patroniops.$$"; trap 'rm -f "$t"' EXIT; cat >"$t"; [ "$(stat -c %s "$t")" = "$4" ]; chmod "$2" "$t"; if [ -n "$3" ]; then chown "$3" "$t"; fi; sync "$t"; mv -T "$t" "$1"; sync "$(dirname "$1")" """;

    private const string AppendScript = """set -e; umask 077; new=; [ -e "$1" ] || new=1; cat >>"$1"; sync "$1"; if [ -n "$new" ]; then sync "$(dirname "$1")"; fi""";

    // -n alone would keep silent when the target is there.
    private const string RenameScript =
        """set -e; if [ -e "$2" ] || [ -L "$2" ]; then echo "$2 is already there" >&2; exit 17; fi; mv -nT "$1" "$2"; sync "$(dirname "$2")" """;

    /// <summary>What lies at the path; null when nothing does. Links are not followed.</summary>
    public async Task<NodeFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var result = await node.RunAsync(Command("stat", "-c", "%F|%U|%G|%a|%d|%i|%s", "--", path), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
            return result.Error.Contains("No such file", StringComparison.Ordinal) || result.Error.Contains("Not a directory", StringComparison.Ordinal) ? null : throw Failed(path, result);
        var fields = result.Output.Trim().Split('|');
        return new NodeFile(path, fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], long.Parse(fields[6], CultureInfo.InvariantCulture));
    }

    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) => await FindAsync(path, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The text of a file; null when it is not there.</summary>
    public async Task<string?> ReadTextAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The bytes of a file; null when it is not there.</summary>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var result = await node.RunAsync(Command("cat", "--", path), cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? result.OutputBytes : result.Error.Contains("No such file", StringComparison.Ordinal) ? null : throw Failed(path, result);
    }

    /// <summary>Writes a whole file: owner and mode are set before it takes its name, and it is on disk when this returns.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="mode">Octal.</param>
    /// <param name="owner"><c>user:group</c>; null: as created.</param>
    /// <param name="cancellationToken">Ends it; the old file then stays.</param>
    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, string mode, string? owner, CancellationToken cancellationToken) =>
        node.MustAsync(Command("sh", "-c", WriteScript, "sh", path, mode, owner ?? "", content.Length.ToString(CultureInfo.InvariantCulture)) with { Input = content }, cancellationToken);

    /// <summary>Appends to a file of its owner alone; it is on disk when this returns.</summary>
    public Task AppendAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        node.MustAsync(Command("sh", "-c", AppendScript, "sh", path) with { Input = content }, cancellationToken);

    /// <summary>Renames within one file system; what is at the target is never replaced. Not cancellable: it is done or it is not.</summary>
    public Task RenameAsync(string from, string to) => node.MustAsync(Command("sh", "-c", RenameScript, "sh", from, to), CancellationToken.None);

    public Task MakeDirectoryAsync(string path, string mode, CancellationToken cancellationToken) =>
        node.MustAsync(Command("mkdir", "-p", "-m", mode, "--", path), cancellationToken);

    /// <summary>Removes a directory with all that is in it, or a file.</summary>
    public Task RemoveAsync(string path, CancellationToken cancellationToken) => node.MustAsync(Command("rm", "-rf", "--one-file-system", "--", path), cancellationToken);

    /// <summary>The names in a directory; empty when it is not there.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var result = await node.RunAsync(Command("ls", "-1A", "--", path), cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : result.Error.Contains("No such file", StringComparison.Ordinal) ? [] : throw Failed(path, result);
    }

    /// <summary>Where a link leads, all links followed; null when nothing is there.</summary>
    public async Task<string?> ResolveAsync(string path, CancellationToken cancellationToken)
    {
        var result = await node.RunAsync(Command("readlink", "-e", "--", path), cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? result.Output.TrimEnd('\n') : null;
    }

    /// <summary>Points a link elsewhere, in one rename.</summary>
    public Task LinkAsync(string target, string link, CancellationToken cancellationToken) =>
        node.MustAsync(Command("sh", "-c", """set -e; t="$2.patroniops.$$"; ln -sn "$1" "$t"; mv -T "$t" "$2"; sync "$(dirname "$2")" """, "sh", target, link), cancellationToken);

    /// <summary>Whether a file system is mounted at exactly this path.</summary>
    public async Task<bool> IsMountPointAsync(string path, CancellationToken cancellationToken) =>
        (await node.RunAsync(Command("mountpoint", "-q", "--", path), cancellationToken).ConfigureAwait(false)).IsSuccess;

    /// <summary>Bytes that the user may still write on the path's file system.</summary>
    public async Task<long> FreeBytesAsync(string path, CancellationToken cancellationToken) =>
        long.Parse((await node.MustAsync(Command("df", "-B1", "--output=avail", "--", path), cancellationToken).ConfigureAwait(false)).Output.Split('\n')[1].Trim(), CultureInfo.InvariantCulture);

    /// <summary>Bytes on disk of a directory, without other file systems. A server at work may remove files meanwhile.</summary>
    public async Task<long> UsedBytesAsync(string path, CancellationToken cancellationToken)
    {
        var result = await node.RunAsync(Command("du", "-sxB1", "--", path), cancellationToken).ConfigureAwait(false);
        return long.TryParse(result.Output.Split('\t')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : throw Failed(path, result);
    }

    private NodeCommand Command(string program, params IReadOnlyList<string> arguments) => new(program, arguments) { RunAs = runAs };

    private PatroniOpsException Failed(string path, NodeResult result) => new(
        result.Error.Contains("ermission denied", StringComparison.Ordinal) ? FailureKind.PermissionDenied : FailureKind.Refused, $"{node.Name}: {path}: {result.Said}");
}
