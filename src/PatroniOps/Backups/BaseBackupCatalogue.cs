using System.Globalization;
using System.Text.Json;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>A directory that pg_basebackup wrote: its backup_manifest, and in plain format its backup_label.</summary>
/// <remarks>Sources: PostgreSQL, backup-manifest-format.html; src/backend/access/transam/xlogbackup.c (backup_label).</remarks>
internal static class BaseBackupCatalogue
{
    /// <param name="directory">The directory.</param>
    /// <param name="manifest">backup_manifest; null when there is none.</param>
    /// <param name="label">backup_label; null when it lies in a tar file.</param>
    /// <exception cref="PatroniOpsException">The manifest is not JSON.</exception>
    public static PatroniBackup Parse(string directory, string? manifest, string? label)
    {
        var told = Label(label);
        var start = told.GetValueOrDefault("START WAL LOCATION")?.Split(' ');
        var (range, bytes) = Manifest(directory, manifest);
        return new PatroniBackup
        {
            Kind = BackupKind.BaseBackup,
            Repository = directory,
            Label = PathOf.Name(directory.TrimEnd('/')),
            // The manifest is written last.
            Status = manifest is null ? BackupStatus.Unknown : BackupStatus.Complete,
            StartedAt = Instant(told.GetValueOrDefault("START TIME")),
            StartLsn = range.Start ?? (Lsn.TryParse(start?[0], CultureInfo.InvariantCulture, out var first) ? first : null),
            StopLsn = range.End,
            Timeline = range.Timeline ?? (uint.TryParse(told.GetValueOrDefault("START TIMELINE"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeline) && timeline > 0 ? timeline : null),
            StartSegment = start is [_, "(file", var name, ..] ? name.TrimEnd(')') : null,
            Bytes = bytes,
            Annotations = told.TryGetValue("LABEL", out var text) ? new Dictionary<string, string> { ["label"] = text } : [],
        };
    }

    private static ((uint? Timeline, Lsn? Start, Lsn? End) Range, long? Bytes) Manifest(string directory, string? manifest)
    {
        if (manifest is null)
            return ((null, null, null), null);
        try
        {
            var document = Json.Parse(manifest);
            var ranges = Json.Property(document, "WAL-Ranges") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [];
            var files = Json.Property(document, "Files") is { ValueKind: JsonValueKind.Array } array ? Sum(array) : null;
            // The range that ends the backup comes first, its ancestors after it.
            return ranges.Count == 0 ? ((null, null, null), files)
                : ((Json.Integer(ranges[^1], "Timeline") is > 0 and <= uint.MaxValue and var timeline ? (uint)timeline : null, Json.Lsn(ranges[^1], "Start-LSN"), Json.Lsn(ranges[0], "End-LSN")), files);
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{directory}: backup_manifest is damaged: {e.Message}", e);
        }
    }

    // Null: one of them does not tell its size, or tells one that cannot be.
    private static long? Sum(JsonElement files)
    {
        var sum = 0L;
        foreach (var file in files.EnumerateArray())
        {
            if (Json.Integer(file, "Size") is not (>= 0 and var size) || size > long.MaxValue - sum)
                return null;
            sum += size;
        }
        return sum;
    }

    private static Dictionary<string, string> Label(string? label) => (label ?? "").Split('\n').Select(line => line.Split(": ", 2)).Where(p => p.Length == 2)
        .GroupBy(p => p[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First()[1].Trim(), StringComparer.Ordinal);

    // "2026-11-23 02:47:13 UTC"; other zones' names say nothing for sure.
    private static DateTimeOffset? Instant(string? text) => text is not null && text.EndsWith(" UTC", StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text[..^4], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
