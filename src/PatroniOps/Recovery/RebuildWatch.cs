using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>Reads a member that is being rebuilt, and its leader, again and again.</summary>
internal sealed class RebuildWatch(PatroniConnection connection, MemberSnapshot target, MemberSnapshot leader)
{
    // Readable by pg_monitor; PostgreSQL 13 and later.
    private const string CopySql =
        "SELECT coalesce(jsonb_agg(jsonb_build_object('done', backup_streamed, 'total', backup_total)), '[]')::text FROM pg_stat_progress_basebackup";

    private long? lastBytes;
    private Lsn? lastPosition;
    private long? copyBegan;

    public async Task<RebuildReading> ReadAsync(CancellationToken cancellationToken)
    {
        var patroni = StatusAsync(cancellationToken);
        var copy = CopyAsync(cancellationToken);
        var replicaSql = PostgresCollector.CollectAsync(connection.Postgres, target.Host, target.Port, cancellationToken);
        var replica = target with { Patroni = await patroni.ConfigureAwait(false), Postgres = await replicaSql.ConfigureAwait(false) };
        var leaderSql = await PostgresCollector.CollectAsync(connection.Postgres, leader.Host, leader.Port, cancellationToken).ConfigureAwait(false);
        var leaderNow = leader with { Postgres = leaderSql };
        var snapshot = new ClusterSnapshot
        {
            Cluster = connection.Cluster,
            TakenAt = connection.Time.GetUtcNow(),
            View = Reading.Unknown<ClusterView>(FailureKind.NotConfigured, "not asked"),
            Configuration = Reading.Unknown<DynamicConfiguration>(FailureKind.NotConfigured, "not asked"),
            History = Reading.Unknown<IReadOnlyList<TimelineSwitch>>(FailureKind.NotConfigured, "not asked"),
            Members = [leaderNow, replica],
            LeaderLsnAfter = leaderNow.Position,
        };
        return Describe(replica, ReplicaLink.Of(replica, snapshot), snapshot, await copy.ConfigureAwait(false));
    }

    private RebuildReading Describe(MemberSnapshot replica, ReplicaLink link, ClusterSnapshot snapshot, (long? Done, long? Total) copy)
    {
        var state = replica.Patroni.Value?.State ?? "Patroni does not answer";
        var streaming = ReplicationCheck.IsStreaming(link, snapshot) == true;
        var phase = streaming ? $"{state}, streaming" : copy.Done is not null && state == "creating replica" ? $"{state}, copying" : state;
        var moved = copy.Done != lastBytes || replica.Position != lastPosition;
        (lastBytes, lastPosition) = (copy.Done, replica.Position);
        return new RebuildReading
        {
            Replica = replica,
            Link = link,
            Phase = phase,
            HasMoved = moved,
            IsStreaming = streaming,
            IsSlotActive = link.Slot?.IsActive == true,
            Lag = snapshot.LeaderLsnAfter is { } to && replica.Position is { } from ? Math.Max(0, to - from) : null,
            PostmasterStart = replica.Postgres.State.Value?.PostmasterStartTime,
            Progress = new RebuildProgress(phase, copy.Done, copy.Total, Rate(copy.Done)),
        };
    }

    private double? Rate(long? done)
    {
        if (done is not > 0)
            return null;
        copyBegan ??= connection.Time.GetTimestamp();
        var seconds = connection.Time.GetElapsedTime(copyBegan.Value).TotalSeconds;
        return seconds > 0.1 ? done / seconds : null;
    }

    private async Task<Reading<PatroniStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            return PatroniStatus.Parse(await connection.Rest.GetAsync(target.ApiUrl!, "patroni", cancellationToken).ConfigureAwait(false)) is { } status
                ? Reading.Of(status)
                : Reading.Unknown<PatroniStatus>(FailureKind.InvalidAnswer, "not Patroni's answer");
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<PatroniStatus>(e);
        }
    }

    private async Task<(long? Done, long? Total)> CopyAsync(CancellationToken cancellationToken)
    {
        if (leader.Postgres.State.Value?.Version is not >= 130000)
            return default;
        try
        {
            var result = await connection.Postgres.QueryAsync(leader.Host!, leader.Port!.Value, _ => [CopySql], cancellationToken).ConfigureAwait(false);
            return result[0].Document is { } rows && rows.GetArrayLength() > 0 ? (Json.Integer(rows[0], "done"), Json.Integer(rows[0], "total")) : default;
        }
        catch (PatroniOpsException)
        {
            // Progress is a courtesy; the watch itself reads the leader as well and reports it.
            return default;
        }
    }
}
