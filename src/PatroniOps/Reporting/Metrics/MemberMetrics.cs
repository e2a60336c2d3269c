using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Snapshots;

namespace PatroniOps.Reporting.Metrics;

/// <summary>Each member: what was read of it, its verdict, its place in replication and the WAL that it needs.</summary>
internal static class MemberMetrics
{
    private static readonly MetricFamily Up = Of("up", "Whether this part of the member was read; what depends on a part that was not is left out.", "part");
    private static readonly MetricFamily State = Of("verdict", "1 for the member's verdict, 0 for the others.", "verdict");
    private static readonly MetricFamily Leads = Of("leader", "Whether Patroni names it as leader or standby leader.");
    private static readonly MetricFamily Absent = Of("absent", "Whether it is known from before and no longer in Patroni's list.");
    private static readonly MetricFamily Replication = Of("replication", "1 for how it takes part in replication as PostgreSQL shows it on both ends, 0 for the others.", "state");
    private static readonly MetricFamily Streaming = Of("streaming", "Whether a replica streams from the node that it should follow, on the leader's timeline.");
    private static readonly MetricFamily Timeline = Of("timeline", "The timeline that it is on.");
    private static readonly MetricFamily Lag = Of("lag_bytes", "WAL from what it holds to the leader's position; negative when it is ahead.");
    private static readonly MetricFamily ReplayLag = Of("replay_lag_bytes", "WAL from what it has replayed to the leader's position.");
    private static readonly MetricFamily ReplayTime = Of("replay_lag_seconds", "Replay lag as the sender measures it; left out without recent traffic.");
    private static readonly MetricFamily ReplayPaused = Of("replay_paused", "Whether somebody has paused replay.");
    private static readonly MetricFamily PendingRestart = Of("pending_restart", "Whether settings wait for a restart.");
    private static readonly MetricFamily Available = Of("wal_available", "Whether a replica gets the WAL that it needs without help.");
    private static readonly MetricFamily Missing = Of("wal_missing_bytes", "WAL that it needs and that neither its upstream nor an archive has.");

    public static void Add(MetricSet metrics, ClusterSnapshot snapshot, ClusterVerdict verdict)
    {
        foreach (var member in snapshot.Members)
            AddReadings(metrics, snapshot, member);
        foreach (var member in verdict.Members)
            metrics.AddState(State, member.Verdict, snapshot.Cluster, member.Member);
        foreach (var member in PatroniMember.FromSnapshot(snapshot))
            AddReplication(metrics, member);
        foreach (var need in WalAvailabilityJudge.Judge(snapshot))
        {
            metrics.Add(Available, need.IsAvailable, snapshot.Cluster, need.Member);
            metrics.Add(Missing, need.MissingBytes, snapshot.Cluster, need.Member);
        }
    }

    private static MetricFamily Of(string name, string help, params string[] more) => MetricFamily.Gauge($"member_{name}", help, ["cluster", "member", .. more]);

    private static void AddReadings(MetricSet metrics, ClusterSnapshot snapshot, MemberSnapshot member)
    {
        var sql = member.Postgres;
        (string Part, bool IsKnown)[] parts =
        [
            ("patroni", member.Patroni.IsKnown), ("state", sql.State.IsKnown), ("control", sql.Control.IsKnown), ("senders", sql.Senders.IsKnown), ("receivers", sql.Receivers.IsKnown),
            ("slots", sql.Slots.IsKnown), ("wal", sql.Wal.IsKnown), ("archiver", sql.Archiver.IsKnown), ("archive_queue", sql.ArchiveQueue.IsKnown), ("settings", sql.Settings.IsKnown),
            ("backends", sql.Backends.IsKnown), ("collations", sql.Collations.IsKnown),
        ];
        foreach (var (part, isKnown) in parts)
            metrics.Add(Up, isKnown, snapshot.Cluster, member.Name, part);
        // Without the list nobody can say who leads and who has left it.
        metrics.Add(Leads, snapshot.View.IsKnown ? member.IsLeader : null, snapshot.Cluster, member.Name);
        metrics.Add(Absent, snapshot.View.IsKnown ? member.IsAbsent : null, snapshot.Cluster, member.Name);
        metrics.Add(ReplayPaused, sql.State.Value?.IsReplayPaused, snapshot.Cluster, member.Name);
    }

    private static void AddReplication(MetricSet metrics, PatroniMember member)
    {
        string[] labels = [member.Cluster, member.Member];
        metrics.AddState(Replication, member.Replication, labels);
        metrics.Add(Streaming, member.Replication is ReplicationState.Unknown or ReplicationState.Primary ? null : member.Replication == ReplicationState.Streaming, labels);
        metrics.Add(Timeline, member.Timeline, labels);
        metrics.Add(Lag, member.LagBytes, labels);
        metrics.Add(ReplayLag, member.ReplayLagBytes, labels);
        metrics.Add(ReplayTime, member.LagTime, labels);
        metrics.Add(PendingRestart, member.HasPendingRestart, labels);
    }
}
