using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>Reads a member that is being rebuilt, and its leader, again and again.</summary>
internal sealed class RebuildWatch(PatroniConnection connection, MemberSnapshot target, MemberSnapshot leader)
{
    private readonly CopyProgress copies = new(connection, leader);
    private long? lastBytes;
    private Lsn? lastPosition;

    public async Task<RebuildReading> ReadAsync(CancellationToken cancellationToken)
    {
        var patroni = StatusAsync(connection, target, cancellationToken);
        var copy = copies.ReadAsync("copying", cancellationToken);
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

    private RebuildReading Describe(MemberSnapshot replica, ReplicaLink link, ClusterSnapshot snapshot, RebuildProgress copy)
    {
        var state = replica.Patroni.Value?.State ?? "Patroni does not answer";
        var streaming = ReplicationCheck.IsStreaming(link, snapshot) == true;
        var phase = streaming ? $"{state}, streaming" : copy.BytesDone is not null && state == "creating replica" ? $"{state}, copying" : state;
        var moved = copy.BytesDone != lastBytes || replica.Position != lastPosition;
        (lastBytes, lastPosition) = (copy.BytesDone, replica.Position);
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
            Progress = copy with { Phase = phase },
        };
    }

    /// <summary>What the member's own Patroni says.</summary>
    public static async Task<Reading<PatroniStatus>> StatusAsync(PatroniConnection connection, MemberSnapshot target, CancellationToken cancellationToken)
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
}
