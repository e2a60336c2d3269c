using System.Globalization;
using System.IO.Compression;
using PatroniOps.Patroni;

namespace PatroniOps.Snapshots;

/// <summary>
/// Keeps one cluster's snapshots in files of a folder: JSON, one a line, each line a gzip member of its own, so that a file is whole up to the last
/// snapshot whatever ends the recording. The oldest files go when the folder would become larger than allowed. Looks come one after the other.
/// </summary>
public sealed class SnapshotRecorder
{
    /// <summary>How a recording's name ends.</summary>
    public const string Extension = ".jsonl.gz";

    private static readonly TimeSpan LongestFile = TimeSpan.FromHours(1);

    private readonly string folder;
    private readonly long limit;
    private readonly Queue<(string Path, long Bytes)> older = new();
    private string? file;
    private long fileBytes;
    private DateTimeOffset fileBegan;

    /// <param name="folder">The folder; made with the first snapshot.</param>
    /// <param name="limit">Bytes that all its recordings may have together.</param>
    public SnapshotRecorder(string folder, long limit)
    {
        this.folder = folder;
        this.limit = limit;
        if (Directory.Exists(folder))
            foreach (var recording in Recordings(folder))
                older.Enqueue((recording, new FileInfo(recording).Length));
    }

    /// <summary>The recordings of a folder, oldest first.</summary>
    public static IReadOnlyList<string> Recordings(string folder) => [.. Directory.EnumerateFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal)];

    /// <summary>The folder of one cluster below a common one: its name, and PostgreSQL's system identifier, for names repeat.</summary>
    public static string FolderOf(string root, (string Cluster, string? SystemIdentifier) identity)
    {
        var (cluster, id) = identity;
        var name = string.Concat(cluster.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return Path.Combine(root, id is null ? name : $"{name}-{id}");
    }

    /// <summary>Appends a snapshot.</summary>
    /// <exception cref="PatroniOpsException">It could not be written; what was recorded before is still there.</exception>
    public async Task AppendAsync(ClusterSnapshot snapshot)
    {
        var packed = Pack(snapshot);
        try
        {
            Begin(snapshot.TakenAt, packed.Length);
            var stream = new FileStream(file!, FileMode.Append, FileAccess.Write);
            // Not ended in the middle: whoever stops the watch gets the last snapshot whole.
            await using (stream.ConfigureAwait(false))
                await stream.WriteAsync(packed, CancellationToken.None).ConfigureAwait(false);
            fileBytes += packed.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A part of it may be there: what comes next begins a file.
            Rotate();
            throw new PatroniOpsException(FailureKind.PermissionDenied, $"{folder}: the snapshot could not be recorded: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static byte[] Pack(ClusterSnapshot snapshot)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(SnapshotFile.ToLine(snapshot));
            gzip.Write("\n"u8);
        }
        return packed.ToArray();
    }

    // A file is a part of the whole, so that what goes is the oldest part.
    private void Begin(DateTimeOffset at, long bytes)
    {
        if (file is not null && (at - fileBegan >= LongestFile || fileBytes + bytes > limit / 8))
            Rotate();
        while (older.Count > 0 && older.Sum(o => o.Bytes) + fileBytes + bytes > limit)
            File.Delete(older.Dequeue().Path);
        if (file is not null)
            return;
        Directory.CreateDirectory(folder);
        file = Path.Combine(folder, at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture) + Extension);
        (fileBegan, fileBytes) = (at, 0);
    }

    private void Rotate()
    {
        if (file is not null)
            older.Enqueue((file, fileBytes));
        (file, fileBytes) = (null, 0);
    }
}
