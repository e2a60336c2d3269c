using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Archives.Ledgers;

/// <summary>
/// The files that were found intact, as JSON lines: ledgers of several machines merge by putting them one behind the other. A file whose size or
/// time has changed is not known any more. In memory a file is sixteen bytes: whatever else is known of it stays on disk.
/// </summary>
public sealed class WalLedger : IDisposable
{
    private readonly Dictionary<ulong, long> known = [];
    private readonly object guard = new();
    private readonly FileStream file;

    private WalLedger(FileStream file) => this.file = file;

    /// <summary>How many files are known.</summary>
    public int Count => known.Count;

    /// <summary>Opens a ledger, or makes an empty one. It is the caller's alone until it is closed.</summary>
    /// <exception cref="PatroniOpsException">It may not or cannot be read and written, or another process has it.</exception>
    public static WalLedger Open(string path)
    {
        try
        {
            var ledger = new WalLedger(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            ledger.Load();
            return ledger;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PatroniOpsException(FailureKind.PermissionDenied, $"{path}: the ledger may not be written by this user: {e.Message.TrimEnd('.')}.", e);
        }
        catch (IOException e)
        {
            throw new PatroniOpsException(FailureKind.Refused, $"{path}: the ledger cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>The file was found intact and has not changed since.</summary>
    internal bool Knows(ArchivedFile archived)
    {
        lock (guard)
            return known.ContainsKey(Key(archived.Path, archived.Length, archived.WrittenAt));
    }

    /// <summary>What is known of a file; null when it is not known.</summary>
    internal WalLedgerEntry? Find(ArchivedFile archived)
    {
        lock (guard)
        {
            if (!known.TryGetValue(Key(archived.Path, archived.Length, archived.WrittenAt), out var at))
                return null;
            return Lines(at).Select(line => Parse(line.Text)).FirstOrDefault();
        }
    }

    /// <summary>Remembers files: a process that is killed afterwards has not read them in vain.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    internal void Add(IReadOnlyCollection<WalLedgerEntry> entries)
    {
        lock (guard)
        {
            file.Position = file.Length;
            foreach (var entry in entries)
            {
                known[Key(entry.Name, entry.Size, entry.Time)] = file.Position;
                file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, LedgerJson.Default.WalLedgerEntry), (byte)'\n']);
            }
            file.Flush();
        }
    }

    // A line that was torn by a crash counts as if it were not there; what follows begins on a line of its own.
    private void Load()
    {
        var end = 0L;
        foreach (var (at, line) in Lines(0))
        {
            if (Parse(line) is { } entry)
                known[Key(entry.Name, entry.Size, entry.Time)] = at;
            end = at + line.Length + 1;
        }
        if (end > file.Length)
        {
            file.Position = file.Length;
            file.WriteByte((byte)'\n');
        }
    }

    // By bytes: what is no text, or ends a line to a text's reader alone, must not move the places of those behind it.
    private IEnumerable<(long At, byte[] Text)> Lines(long from)
    {
        file.Position = from;
        using var line = new MemoryStream();
        var piece = new byte[from == 0 ? 1 << 16 : 1 << 10];
        for (int length; (length = file.Read(piece)) > 0;)
            for (var rest = piece.AsMemory(0, length); !rest.IsEmpty;)
            {
                var end = rest.Span.IndexOf((byte)'\n');
                line.Write(rest.Span[..(end < 0 ? rest.Length : end)]);
                rest = end < 0 ? default : rest[(end + 1)..];
                if (end < 0)
                    continue;
                yield return (from, line.ToArray());
                from += line.Length + 1;
                line.SetLength(0);
            }
        if (line.Length > 0)
            yield return (from, line.ToArray());
    }

    private static WalLedgerEntry? Parse(byte[] line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, LedgerJson.Default.WalLedgerEntry) is { Name: not null, Hash: not null, Tail.IsPlausible: true } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ulong Key(string name, long size, DateTimeOffset time) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}|{size}|{time.UtcTicks}"))));
}
