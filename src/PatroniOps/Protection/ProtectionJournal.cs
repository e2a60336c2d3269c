using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Protection;

/// <summary>The protections of one cluster that this machine has made, one line an event; a line is on disk before what it tells is done.</summary>
public sealed class ProtectionJournal
{
    private readonly string file;

    /// <param name="folder">The state folder.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="systemIdentifier">Keeps clusters of the same name apart.</param>
    public ProtectionJournal(string folder, string cluster, string? systemIdentifier)
    {
        // A scope is data, not a path.
        var readable = new string([.. cluster.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{cluster}\n{systemIdentifier}")))[..16];
        file = Path.Combine(folder, "protections", $"{readable}-{hash}.jsonl");
    }

    /// <summary>All lines, the oldest first. A last line that a crash cut off counts as not written.</summary>
    /// <exception cref="PatroniOpsException">The journal cannot be read: what is protected is not known.</exception>
    public IReadOnlyList<ProtectionRecord> Read()
    {
        try
        {
            if (!File.Exists(file))
                return [];
            var lines = File.ReadAllText(file).Split('\n');
            return [.. lines[..^1].Where(l => l.Length > 0).Select(Parse)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{file}: the journal of protections cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The newest line of each member whose protection was begun and not let go.</summary>
    public IReadOnlyList<ProtectionRecord> Open() =>
        [.. Read().GroupBy(r => r.Member, StringComparer.Ordinal).Select(g => g.Last()).Where(r => r.Event != ProtectionEvent.LetGo)];

    /// <exception cref="PatroniOpsException">It cannot be written: nothing must be done then.</exception>
    public void Append(ProtectionRecord record)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, ProtectionJson.Default.ProtectionRecord), (byte)'\n']);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{file}: the journal of protections cannot be written: {e.Message} PATRONIOPS_STATE names another folder.", e);
        }
    }

    private static ProtectionRecord Parse(string line) => JsonSerializer.Deserialize(line, ProtectionJson.Default.ProtectionRecord) is { Member: not null, SlotName: not null } record
        ? record
        : throw new JsonException("a line does not say what is protected");
}
