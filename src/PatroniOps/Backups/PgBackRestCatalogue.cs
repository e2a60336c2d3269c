using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>pgBackRest's catalogue: <c>backup/STANZA/backup.info</c>.</summary>
/// <remarks>Source: pgBackRest, src/info/infoBackup.c.</remarks>
internal static class PgBackRestCatalogue
{
    private const string Encrypted = "Salted__";

    /// <param name="text">The file.</param>
    /// <param name="repository">The repository's path.</param>
    /// <param name="stanza">The folder that holds it.</param>
    /// <exception cref="PatroniOpsException">It is encrypted, or not what pgBackRest writes.</exception>
    public static IReadOnlyList<PatroniBackup> Parse(string text, string repository, string stanza)
    {
        if (text.StartsWith(Encrypted, StringComparison.Ordinal))
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{repository}: stanza {stanza} is encrypted, only pgbackrest itself can read it: give -PgBackRestConfigPath and -Stanza.");
        var sections = Sections(text);
        if (!sections.TryGetValue("db:history", out var history))
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{repository}: backup.info of stanza {stanza} is not what pgBackRest writes.");
        try
        {
            var databases = history.GroupBy(d => d.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Json.Parse(g.Last().Value), StringComparer.Ordinal);
            return [.. sections.GetValueOrDefault("backup:current", []).Select(b => Backup(b.Key, Json.Parse(b.Value), databases, repository, stanza))];
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{repository}: backup.info of stanza {stanza} is damaged: {e.Message}", e);
        }
    }

    private static PatroniBackup Backup(string label, JsonElement backup, Dictionary<string, JsonElement> databases, string repository, string stanza)
    {
        var database = databases.GetValueOrDefault(Json.Scalar(backup, "db-id") ?? "");
        var start = Json.Text(backup, "backup-archive-start");
        return new PatroniBackup
        {
            Kind = BackupKind.PgBackRest,
            Repository = repository,
            Stanza = stanza,
            Label = label,
            Type = PgBackRestFields.TypeOf(Json.Text(backup, "backup-type")),
            Status = Json.Property(backup, "backup-error") is { } error ? Json.Flag(error) == true ? BackupStatus.Damaged : BackupStatus.Complete : BackupStatus.Complete,
            StartedAt = PgBackRestFields.Seconds(Json.Integer(backup, "backup-timestamp-start")),
            StoppedAt = PgBackRestFields.Seconds(Json.Integer(backup, "backup-timestamp-stop")),
            StartLsn = Json.Lsn(backup, "backup-lsn-start"),
            StopLsn = Json.Lsn(backup, "backup-lsn-stop"),
            Timeline = PatroniBackup.TimelineOf(start),
            StartSegment = start,
            StopSegment = Json.Text(backup, "backup-archive-stop"),
            Bytes = Json.Integer(backup, "backup-info-size"),
            RepositoryBytes = Json.Integer(backup, "backup-info-repo-size"),
            Parent = Json.Text(backup, "backup-prior"),
            Chain = [.. PgBackRestFields.Texts(Json.Property(backup, "backup-reference"))],
            SystemIdentifier = Json.Scalar(database, "db-system-id"),
            PostgresVersion = Json.Scalar(database, "db-version"),
            Annotations = PgBackRestFields.Annotated(Json.Property(backup, "backup-annotation")),
        };
    }

    // [section] and key=value, the value as JSON.
    private static Dictionary<string, List<KeyValuePair<string, string>>> Sections(string text)
    {
        var sections = new Dictionary<string, List<KeyValuePair<string, string>>>(StringComparer.Ordinal);
        List<KeyValuePair<string, string>>? current = null;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is ['[', .., ']'])
                sections[line[1..^1]] = current = [];
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                current?.Add(KeyValuePair.Create(line[..at], line[(at + 1)..]));
        }
        return sections;
    }
}
