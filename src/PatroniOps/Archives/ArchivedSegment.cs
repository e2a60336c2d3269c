using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using PatroniOps.Postgres;
using ZstdSharp;

namespace PatroniOps.Archives;

/// <summary>One segment's file in an archive on a local path.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha1">The sum of its uncompressed bytes, which pgBackRest writes into the name; null in a plain directory.</param>
internal sealed record ArchivedSegment(string Path, string? Sha1)
{
    private static readonly string[] Extensions = ["", ".gz", ".lz4", ".zst"];

    /// <summary>The files that hold the segment: none, one, or, in a repository, several.</summary>
    public static IReadOnlyList<ArchivedSegment> Find(string location, ArchiveKind kind, WalSegment segment, string? systemIdentifier) => kind switch
    {
        ArchiveKind.Directory => [.. Extensions.Select(e => System.IO.Path.Combine(location, segment.Name + e)).Where(File.Exists).Select(path => new ArchivedSegment(path, null))],
        ArchiveKind.PgBackRest => [.. ArchiveReader.Stanzas(location).SelectMany(stanza => InStanza(stanza, segment, systemIdentifier))],
        _ => [],
    };

    /// <summary>Its uncompressed bytes; never more than one above the limit.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or compressed in a way that is not known here.</exception>
    public async Task<byte[]> ReadAsync(long limit, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(Path);
        await using (file.ConfigureAwait(false))
        {
            var content = Uncompressed(file);
            await using (content.ConfigureAwait(false))
            {
                var bytes = new byte[limit + 1];
                try
                {
                    var read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                    return bytes[..read];
                }
                catch (Exception e) when (e is ZstdException or EndOfStreamException or NotSupportedException or ArgumentException)
                {
                    throw new InvalidDataException($"it cannot be uncompressed: {e.Message}", e);
                }
            }
        }
    }

    private Stream Uncompressed(FileStream file) => System.IO.Path.GetExtension(Path) switch
    {
        ".gz" => new GZipStream(file, CompressionMode.Decompress),
        ".lz4" => LZ4Stream.Decode(file),
        ".zst" => new DecompressionStream(file),
        ".bz2" or ".xz" => throw new InvalidDataException("files that bzip2 or xz compressed are not read here"),
        _ => file,
    };

    private static IEnumerable<ArchivedSegment> InStanza(string stanza, WalSegment segment, string? systemIdentifier)
    {
        var wanted = ArchiveReader.HistoryIds(System.IO.Path.Combine(stanza, "archive.info"), systemIdentifier);
        foreach (var id in Directory.EnumerateDirectories(stanza).Where(id => wanted is null || wanted.Contains(System.IO.Path.GetFileName(id))))
        {
            var folder = System.IO.Path.Combine(id, segment.Name[..16]);
            if (Directory.Exists(folder))
                foreach (var file in Directory.EnumerateFiles(folder, $"{segment.Name}-*"))
                    if (System.IO.Path.GetFileName(file) is { Length: >= ArchiveReader.SegmentNameLength + 41 } name)
                        yield return new ArchivedSegment(file, name.Substring(ArchiveReader.SegmentNameLength + 1, 40));
        }
    }
}
