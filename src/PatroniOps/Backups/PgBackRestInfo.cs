using System.Text.Json;
using PatroniOps.Archives;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>The catalogue by pgBackRest's own word, <c>pgbackrest info --output=json</c>: the way into an encrypted or remote repository.</summary>
public static class PgBackRestInfo
{
    /// <summary>Asks pgBackRest.</summary>
    /// <param name="node">Where.</param>
    /// <param name="runAs">The user to run it as; null: whoever logs in.</param>
    /// <param name="configuration">Its pgbackrest.conf.</param>
    /// <param name="stanza">The stanza; null: all.</param>
    /// <param name="repository">What the repository is called.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PatroniOpsException">It cannot be asked.</exception>
    public static async Task<IReadOnlyList<PatroniBackup>> ReadAsync(Node node, string? runAs, string configuration, string? stanza, string repository, CancellationToken cancellationToken)
    {
        var answer = await node.RunAsync(PgBackRestProgram.Configured(configuration, runAs).Call("info", ["--output=json", .. stanza is null ? (string[])[] : [$"--stanza={stanza}"]]), cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? Parse(answer.Output, repository)
            : throw new PatroniOpsException(FailureKind.Refused, $"{node.Name}: pgbackrest failed ({answer.ExitCode}): {PgBackRestProgram.Complaint(answer)}");
    }

    /// <param name="text">The answer.</param>
    /// <param name="repository">What the repository is called.</param>
    /// <exception cref="PatroniOpsException">It is not what pgBackRest writes.</exception>
    public static IReadOnlyList<PatroniBackup> Parse(string text, string repository)
    {
        try
        {
            return [.. from stanza in PgBackRestFields.Items(Json.Parse(text)) from backup in PgBackRestFields.Items(Json.Property(stanza, "backup")) select OfInfo(backup, stanza, repository)];
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{repository}: pgbackrest's answer is not JSON: {e.Message}", e);
        }
    }

    private static PatroniBackup OfInfo(JsonElement backup, JsonElement stanza, string repository)
    {
        var id = Json.Property(backup, "database") is { } own ? Json.Integer(own, "id") : null;
        var database = PgBackRestFields.Items(Json.Property(stanza, "db")).FirstOrDefault(d => Json.Integer(d, "id") == id);
        var (archive, lsn, time, info) = (PgBackRestFields.Part(backup, "archive"), PgBackRestFields.Part(backup, "lsn"), PgBackRestFields.Part(backup, "timestamp"), PgBackRestFields.Part(backup, "info"));
        var start = Json.Text(archive, "start");
        return new PatroniBackup
        {
            Kind = BackupKind.PgBackRest,
            Repository = repository,
            Stanza = Json.Text(stanza, "name"),
            Label = Json.Text(backup, "label") ?? "without a label",
            Type = PgBackRestFields.TypeOf(Json.Text(backup, "type")),
            Status = Json.Property(backup, "error") is { } error && Json.Flag(error) == true ? BackupStatus.Damaged : BackupStatus.Complete,
            StartedAt = PgBackRestFields.Seconds(Json.Integer(time, "start")),
            StoppedAt = PgBackRestFields.Seconds(Json.Integer(time, "stop")),
            StartLsn = Json.Lsn(lsn, "start"),
            StopLsn = Json.Lsn(lsn, "stop"),
            Timeline = PatroniBackup.TimelineOf(start),
            StartSegment = start,
            StopSegment = Json.Text(archive, "stop"),
            Bytes = Json.Integer(info, "size"),
            RepositoryBytes = Json.Integer(PgBackRestFields.Part(info, "repository"), "size"),
            Parent = Json.Text(backup, "prior"),
            Chain = [.. PgBackRestFields.Texts(Json.Property(backup, "reference"))],
            SystemIdentifier = Json.Scalar(database, "system-id"),
            PostgresVersion = Json.Scalar(database, "version"),
            Annotations = PgBackRestFields.Annotated(Json.Property(backup, "annotation")),
        };
    }
}
