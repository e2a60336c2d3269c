using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>How far a base backup is, by its source's word.</summary>
internal sealed class CopyProgress(PatroniConnection connection, MemberSnapshot source)
{
    // Readable by pg_monitor; PostgreSQL 13 and later.
    private const string Sql =
        "SELECT coalesce(jsonb_agg(jsonb_build_object('done', backup_streamed, 'total', backup_total)), '[]')::text FROM pg_stat_progress_basebackup";

    private long? began;

    /// <summary>Bytes are null when the source does not tell.</summary>
    public async Task<RebuildProgress> ReadAsync(string phase, CancellationToken cancellationToken)
    {
        var (done, total) = await AskAsync(cancellationToken).ConfigureAwait(false);
        return new RebuildProgress(phase, done, total, Rate(done));
    }

    private double? Rate(long? done)
    {
        if (done is not > 0)
            return null;
        began ??= connection.Time.GetTimestamp();
        var seconds = connection.Time.GetElapsedTime(began.Value).TotalSeconds;
        return seconds > 0.1 ? done / seconds : null;
    }

    private async Task<(long? Done, long? Total)> AskAsync(CancellationToken cancellationToken)
    {
        if (source.Postgres.State.Value?.Version is not >= 130000)
            return default;
        try
        {
            var result = await connection.Postgres.QueryAsync(source.Host!, source.Port!.Value, _ => [Sql], cancellationToken).ConfigureAwait(false);
            return result[0].Document is { } rows && rows.GetArrayLength() > 0 ? (Json.Integer(rows[0], "done"), Json.Integer(rows[0], "total")) : default;
        }
        catch (PatroniOpsException)
        {
            // Progress is a courtesy; who watches reads the source as well and reports it.
            return default;
        }
    }
}
