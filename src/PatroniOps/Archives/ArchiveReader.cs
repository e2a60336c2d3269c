using System.IO.Enumeration;
using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Archives;

/// <summary>Lists the segments in an archive on a local path: a plain directory or a pgBackRest repository. Reads names, never contents.</summary>
/// <remarks>Source for the repository's layout: pgBackRest, src/command/archive/common.h.</remarks>
public static class ArchiveReader
{
    internal const int SegmentNameLength = 24;

    /// <param name="path">The directory, the repository, or one stanza's folder in it.</param>
    /// <param name="segmentSize">Bytes a segment.</param>
    /// <param name="systemIdentifier">Chooses the right history id of a repository; null takes them all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>Never throws for what the file system does: an archive that cannot be read is unknown.</returns>
    public static ArchiveSnapshot Read(string path, long segmentSize, string? systemIdentifier, CancellationToken cancellationToken)
    {
        var kind = ArchiveKind.Unknown;
        try
        {
            if (!Directory.Exists(path))
                return Unknown(path, kind, FailureKind.Unreachable, $"{path}: there is no such directory on this machine.");
            var stanzas = Stanzas(path);
            kind = stanzas.Count > 0 ? ArchiveKind.PgBackRest : ArchiveKind.Directory;
            var segments = kind == ArchiveKind.Directory
                ? PlainSegments(path, segmentSize)
                : stanzas.SelectMany(stanza => RepositorySegments(stanza, segmentSize, systemIdentifier));
            return new ArchiveSnapshot(path, kind, Reading.Of(WalRange.FromSegments(Cancellable(segments, cancellationToken))));
        }
        catch (UnauthorizedAccessException e)
        {
            return Unknown(path, kind, FailureKind.PermissionDenied, $"{path}: the archive may not be read by this user: {e.Message.TrimEnd('.')}.");
        }
        catch (JsonException)
        {
            return Unknown(path, kind, FailureKind.InvalidAnswer, $"{path}: the repository's archive.info is damaged.");
        }
        catch (IOException e)
        {
            return Unknown(path, kind, FailureKind.Unreachable, $"{path}: the archive could not be read: {e.Message.TrimEnd('.')}.");
        }
    }

    private static ArchiveSnapshot Unknown(string path, ArchiveKind kind, FailureKind failure, string reason) =>
        new(path, kind, Reading.Unknown<IReadOnlyList<WalRange>>(failure, reason));

    internal static List<string> Stanzas(string path)
    {
        if (File.Exists(Path.Combine(path, "archive.info")))
            return [path];
        var archive = Path.Combine(path, "archive");
        return Directory.Exists(archive)
            ? [.. Directory.EnumerateDirectories(archive).Where(stanza => File.Exists(Path.Combine(stanza, "archive.info")))]
            : [];
    }

    // A plain file counts only when it is whole; a compressed one's content is not looked at here.
    private static IEnumerable<WalSegment> PlainSegments(string path, long segmentSize)
    {
        var files = new FileSystemEnumerable<(string Name, long Length)>(path, (ref FileSystemEntry e) => (e.FileName.ToString(), e.Length))
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory && e.FileName.Length >= SegmentNameLength,
        };
        foreach (var (name, length) in files)
        {
            var isPlain = name.Length == SegmentNameLength;
            if ((isPlain ? length == segmentSize : length > 0 && name[SegmentNameLength..] is ".gz" or ".lz4" or ".zst" or ".bz2" or ".xz")
                && WalSegment.TryParse(name.AsSpan(0, SegmentNameLength), segmentSize, out var segment))
                yield return segment;
        }
    }

    private static IEnumerable<WalSegment> RepositorySegments(string stanza, long segmentSize, string? systemIdentifier)
    {
        var wanted = HistoryIds(Path.Combine(stanza, "archive.info"), systemIdentifier);
        foreach (var id in Directory.EnumerateDirectories(stanza))
        {
            if (wanted is not null && !wanted.Contains(Path.GetFileName(id)))
                continue;
            foreach (var folder in Directory.EnumerateDirectories(id))
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                var name = Path.GetFileName(file.AsSpan());
                // <24 hex>-<sha1>[.extension]: the dash tells a whole segment from .partial and .backup files.
                if (name.Length > SegmentNameLength + 40 && name[SegmentNameLength] == '-'
                    && WalSegment.TryParse(name[..SegmentNameLength], segmentSize, out var segment))
                    yield return segment;
            }
        }
    }

    // [db:history] of archive.info: 1={"db-id":7711053807678862945,"db-version":"15"}. Null: the file does not tell.
    internal static HashSet<string>? HistoryIds(string info, string? systemIdentifier)
    {
        if (systemIdentifier is null)
            return null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(info))
        {
            var equals = line.IndexOf("={", StringComparison.Ordinal);
            if (equals < 1 || !line.Contains("db-version", StringComparison.Ordinal))
                continue;
            using var entry = JsonDocument.Parse(line.AsMemory(equals + 1));
            if (Json.Scalar(entry.RootElement, "db-id") == systemIdentifier)
                ids.Add($"{Json.Text(entry.RootElement, "db-version")}-{line[..equals]}");
        }
        return ids;
    }

    private static IEnumerable<WalSegment> Cancellable(IEnumerable<WalSegment> segments, CancellationToken cancellationToken)
    {
        foreach (var segment in segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return segment;
        }
    }
}
