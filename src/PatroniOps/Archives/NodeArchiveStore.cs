using System.Globalization;
using System.Text;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Archives;

/// <summary>An archive on a node, listed by <c>find</c> and read by <c>cat</c> there: nothing is installed and nothing is written.</summary>
/// <param name="node">The node.</param>
/// <param name="hostName">The node as ssh knows it; null: this machine.</param>
/// <param name="runAs">The user whose rights hold; null: whoever logs in.</param>
/// <param name="path">The directory.</param>
/// <param name="cancellationToken">Ends what is being read.</param>
internal sealed class NodeArchiveStore(Node node, string? hostName, string? runAs, string path, CancellationToken cancellationToken) : IArchiveStore
{
    // Name, bytes and time of a file, each ended by the only byte that no name holds.
    private const string Format = "\\0%s\\0%T@\\0";

    public string Location => hostName is null ? path : $"{hostName}:{path}";

    public string Path => path;

    public string? HostName => hostName;

    /// <summary>Fails when there is no such directory, or it may not be looked into.</summary>
    /// <exception cref="PatroniOpsException">The kind tells which.</exception>
    public void Check()
    {
        var result = Run("find", "-L", $"{Start("").TrimEnd('/')}/", "-mindepth", "1", "-maxdepth", "1", "-quit");
        if (!IsSound(result))
            throw new PatroniOpsException(result.Error.Contains("ermission denied", StringComparison.Ordinal) ? FailureKind.PermissionDenied : FailureKind.Unreachable, $"{Location}: {result.Said}");
        if (Missing(result))
            throw new PatroniOpsException(FailureKind.Unreachable, $"{path}: there is no such directory on {node.Name}.");
    }

    public ArchivedFile? Find(string path) => Find([path]) is [var file] ? file : null;

    public IEnumerable<ArchivedFile> Find(IEnumerable<string> paths) => Find([.. paths]);

    public bool HasFolder(string path) => Run("test", "-d", Start(path)).IsSuccess;

    public IReadOnlyList<string> Folders(string folder)
    {
        var result = Run("find", "-L", Start(folder), "-mindepth", "1", "-maxdepth", "1", "-type", "d", "-printf", "%f\\0");
        return IsSound(result) ? [.. result.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)] : throw Failed(result);
    }

    public IEnumerable<(string Name, bool IsFolder)> Entries(string folder)
    {
        using var output = Wait(node.ReadAsync(Command("find", "-L", Start(folder), "-mindepth", "1", "-maxdepth", "1", "-printf", "%y%f\\0"), result => IsSound(result) ? null : Failed(result), cancellationToken));
        foreach (var entry in Fields(output))
            yield return (entry[1..], entry[0] == 'd');
    }

    public IEnumerable<ArchivedFile> Files(string folder, string prefix, bool isRecursive, ListingShare share)
    {
        List<string> arguments = ["-L", Start(folder), "-ignore_readdir_race", "-mindepth", "1", .. isRecursive ? (string[])[] : ["-maxdepth", "1"], "-type", "f"];
        if (prefix.Length > 0)
            arguments.AddRange(["-name", Pattern(prefix)]);
        using var output = Wait(node.ReadAsync(Command("find", [.. arguments, "-printf", $"%P{Format}"]), result => IsSound(result) ? null : Failed(result), cancellationToken));
        foreach (var file in Read(output).Where(f => share.Holds(f.FileName)))
            yield return folder.Length == 0 ? file : file with { Path = $"{folder}/{file.Path}" };
    }

    // Whoever reads files takes a failure of the way to them as one of the file.
    public Stream Open(string path)
    {
        try
        {
            return Wait(node.ReadAsync(Command("cat", Start(path)), result => result.IsSuccess ? null : Failed(result), cancellationToken));
        }
        catch (PatroniOpsException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private ArchivedFile[] Find(string[] paths)
    {
        var result = Run("find", ["-L", .. paths.Select(Start), "-maxdepth", "0", "-type", "f", "-printf", $"%p{Format}"]);
        if (!IsSound(result))
            throw Failed(result);
        var root = Start("").TrimEnd('/').Length + 1;
        using var output = new MemoryStream(result.OutputBytes);
        return [.. Read(output).Select(file => file with { Path = file.Path[root..] })];
    }

    private static IEnumerable<ArchivedFile> Read(Stream output) => Fields(output).Chunk(3).Where(f => f.Length == 3).Select(f => File(f[0], f[1], f[2]));

    private static IEnumerable<string> Fields(Stream output)
    {
        using var reader = new StreamReader(output, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        var field = new StringBuilder();
        for (int character; (character = reader.Read()) >= 0;)
        {
            if (character != 0)
            {
                field.Append((char)character);
                continue;
            }
            yield return field.ToString();
            field.Clear();
        }
    }

    private static ArchivedFile File(string path, string bytes, string seconds) =>
        new(path, ArchivedName.Parse(PathOf.Name(path)), long.Parse(bytes, CultureInfo.InvariantCulture), Instant(seconds));

    // "1763877000.1234567890", of which this machine keeps as many digits of its own files' times: a ledger knows a file wherever it was read.
    private static DateTimeOffset Instant(string seconds)
    {
        var dot = seconds.IndexOf('.', StringComparison.Ordinal);
        var whole = DateTimeOffset.FromUnixTimeSeconds(long.Parse(dot < 0 ? seconds : seconds[..dot], CultureInfo.InvariantCulture));
        return dot < 0 ? whole : whole.AddTicks(long.Parse(seconds[(dot + 1)..].PadRight(7, '0')[..7], CultureInfo.InvariantCulture));
    }

    // What is not there is an answer, and so is what goes while it is listed; find ends with an error for both.
    private static bool IsSound(NodeResult result) => result.IsSuccess || (result.ExitCode == 1 && Complaints(result).Any() && Complaints(result).All(IsAbsence));

    private static bool Missing(NodeResult result) => !result.IsSuccess && Complaints(result).Any(IsAbsence);

    private static IEnumerable<string> Complaints(NodeResult result) => result.Error.Split('\n').Where(l => l.StartsWith("find: ", StringComparison.Ordinal));

    private static bool IsAbsence(string complaint) =>
        complaint.EndsWith(": No such file or directory", StringComparison.Ordinal) || complaint.EndsWith(": Not a directory", StringComparison.Ordinal);

    private static string Pattern(string prefix) => string.Concat(prefix.Select(c => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"\\{c}")) + "*";

    // find takes a path that begins otherwise for something else.
    private string Start(string below)
    {
        var root = path.StartsWith('/') ? path : $"./{path}";
        return below.Length == 0 ? root : PathOf.Join(root, below);
    }

    private NodeResult Run(string program, params IReadOnlyList<string> arguments) => Wait(node.RunAsync(Command(program, arguments), cancellationToken));

    private NodeCommand Command(string program, params IReadOnlyList<string> arguments) =>
        new(program, arguments) { RunAs = runAs, Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" } };

    private Exception Failed(NodeResult result) => result.Error.Contains("ermission denied", StringComparison.Ordinal)
        ? new UnauthorizedAccessException($"{node.Name}: {result.Said}")
        : new IOException($"{node.Name}: {result.Said}");

    // Archives are read by threads of their own, as local files are.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
