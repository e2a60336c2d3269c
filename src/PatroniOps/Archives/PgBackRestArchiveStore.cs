using System.Text.Json;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Archives;

/// <summary>
/// A repository through pgBackRest's own <c>repo-ls</c> and <c>repo-get</c>: the way into an encrypted one, and into an object store. The passphrase
/// stays in its configuration, which is named and not read here.
/// </summary>
/// <param name="node">The node that pgBackRest runs on.</param>
/// <param name="hostName">The node as ssh knows it; null: this machine.</param>
/// <param name="program">pgBackRest with its configuration.</param>
/// <param name="path">What the repository is called.</param>
/// <param name="cancellationToken">Ends what is being read.</param>
/// <remarks>Source: pgBackRest, src/command/repo/ls.c and get.c; src/build/error/error.yaml (crypto: 95).</remarks>
internal sealed class PgBackRestArchiveStore(Node node, string? hostName, PgBackRestProgram program, string path, CancellationToken cancellationToken) : IArchiveStore
{
    private const int CannotDecrypt = 95;

    public string Location => hostName is null ? path : $"{hostName}:{path}";

    public string Path => path;

    public string? HostName => hostName;

    // A file by its path is listed as the only entry, and called ".".
    public ArchivedFile? Find(string path) => List(path).Where(e => e.Name == ".").Select(e => File(path, e.Value)).FirstOrDefault(f => f is not null);

    // An empty folder is listed as one that is not there.
    public bool HasFolder(string path) => List(path).Any(e => e.Name != ".");

    public IReadOnlyList<string> Folders(string folder) => [.. List(folder).Where(e => e.Name != "." && Json.Text(e.Value, "type") == "path").Select(e => e.Name).Order(StringComparer.Ordinal)];

    public IEnumerable<(string Name, bool IsFolder)> Entries(string folder) => List(folder).Where(e => e.Name != ".").Select(e => (e.Name, Json.Text(e.Value, "type") == "path"));

    public IEnumerable<ArchivedFile> Files(string folder, string prefix, bool isRecursive, ListingShare share) =>
        from entry in List([.. isRecursive ? (string[])["--recurse"] : [], .. prefix.Length == 0 ? (string[])[] : [$"--filter=^{prefix}"], folder])
        where entry.Name != "."
        let file = File(folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}", entry.Value)
        where file is not null && file.Value.FileName.StartsWith(prefix, StringComparison.Ordinal) && share.Holds(file.Value.FileName)
        select file.Value;

    public Stream Open(string path)
    {
        try
        {
            return node.ReadAsync(program.Call("repo-get", path), Failure, cancellationToken).GetAwaiter().GetResult();
        }
        catch (PatroniOpsException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private JsonElement.ObjectEnumerator List(params IReadOnlyList<string> arguments)
    {
        var result = node.RunAsync(program.Call("repo-ls", ["--output=json", .. arguments.Where(a => a.Length > 0)]), cancellationToken).GetAwaiter().GetResult();
        if (Failure(result) is { } failure)
            throw failure;
        return Parse(result.OutputBytes).EnumerateObject();
    }

    // {"type":"file","size":368,"time":1795414759}
    private static ArchivedFile? File(string path, JsonElement entry)
    {
        if (Json.Text(entry, "type") != "file")
            return null;
        return Json.Integer(entry, "size") is { } size && Json.Integer(entry, "time") is >= 0 and < 253_402_300_800 and var time
            ? new ArchivedFile(path, ArchivedName.Parse(PathOf.Name(path)), size, DateTimeOffset.FromUnixTimeSeconds(time))
            : throw new IOException($"pgbackrest tells no size or time of {path}");
    }

    private static JsonElement Parse(byte[] text)
    {
        try
        {
            return Json.Parse(text) is { ValueKind: JsonValueKind.Object } list ? list : throw new IOException("pgbackrest's answer is no list of files");
        }
        catch (JsonException e)
        {
            throw new IOException($"pgbackrest's answer is not JSON: {e.Message}", e);
        }
    }

    private Exception? Failure(NodeResult result) => result.ExitCode switch
    {
        0 => null,
        CannotDecrypt => new InvalidDataException($"it cannot be decrypted: {PgBackRestProgram.Complaint(result)}"),
        _ => new IOException($"{node.Name}: pgbackrest failed ({result.ExitCode}): {PgBackRestProgram.Complaint(result)}"),
    };
}
