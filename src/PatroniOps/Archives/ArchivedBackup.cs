using System.Globalization;
using System.Text;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>A base backup by the label that PostgreSQL archived when it ended.</summary>
/// <param name="File">The label's name in the archive.</param>
/// <param name="Label">What whoever made it called it; null when the label could not be read.</param>
/// <param name="Start">The segment from which recovery of it begins.</param>
/// <param name="StartLsn">The position from which recovery of it begins.</param>
/// <param name="StopLsn">The position from which it is consistent; null when the label could not be read.</param>
/// <param name="StartedAt">When it began; null when the label could not be read or its time zone is not known.</param>
/// <param name="StoppedAt">When it ended; null as above.</param>
/// <remarks>Source: PostgreSQL, src/backend/access/transam/xlog.c, do_pg_backup_stop.</remarks>
public sealed record ArchivedBackup(string File, string? Label, WalSegment Start, Lsn StartLsn, Lsn? StopLsn, DateTimeOffset? StartedAt, DateTimeOffset? StoppedAt)
{
    public override string ToString() => $"{Label ?? File} from {StartLsn}";

    /// <summary>Never fails: of a label that cannot be read the name remains, and in it the start.</summary>
    internal static ArchivedBackup? Read(WalArchive archive, ArchivedFile file, long segmentSize)
    {
        if (!WalSegment.TryParse(file.FileName.AsSpan(0, ArchivedName.SegmentLength), segmentSize, out var start))
            return null;
        try
        {
            return Parse(file.FileName, start, Encoding.UTF8.GetString(archive.ReadSmall(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new ArchivedBackup(file.FileName, null, start, start.Start, null, null, null);
        }
    }

    internal static ArchivedBackup Parse(string name, WalSegment start, string text)
    {
        var fields = text.Split('\n').Select(l => l.Split(": ", 2)).Where(l => l.Length == 2)
            .GroupBy(l => l[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First()[1].Trim(), StringComparer.Ordinal);
        return new ArchivedBackup(name, fields.GetValueOrDefault("LABEL"), start, Position("START WAL LOCATION") ?? start.Start, Position("STOP WAL LOCATION"), Time("START TIME"), Time("STOP TIME"));

        Lsn? Position(string key) => Lsn.TryParse(fields.GetValueOrDefault(key)?.Split(' ')[0], out var lsn) ? lsn : null;

        // The server's own time zone by its abbreviation; only UTC can be told for sure.
        DateTimeOffset? Time(string key) => fields.GetValueOrDefault(key)?.Split(' ') is [var day, var time, "UTC" or "GMT" or "Etc/UTC"]
            && DateTimeOffset.TryParseExact($"{day} {time}", "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }
}
