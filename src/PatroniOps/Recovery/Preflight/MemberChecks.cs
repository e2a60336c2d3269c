using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold of the target as the cluster knows it, before its data is replaced.</summary>
internal static class MemberChecks
{
    public static PreflightCheck Known(string member, MemberSnapshot? target) => target is not null
        ? new("member is known", true, $"{member} belongs to the cluster")
        : new("member is known", false, $"{member} is neither in /cluster nor remembered as a member");

    // A replica that is down may be rebuilt: only one that leads, or takes writes, may not.
    public static PreflightCheck Follows(MemberSnapshot? target, ClusterSnapshot snapshot) =>
        target is { Patroni.IsKnown: false } && !target.IsLeader && target.Postgres.State.Value?.IsInRecovery != false
            ? new("target is a replica", true, $"{target.Name} is not the leader; its REST API does not answer: {target.Patroni.Reason}")
            : LeaderChecks.NotLeader(target, snapshot.Leader);

    public static PreflightCheck NotPaused(ClusterSnapshot snapshot) => snapshot.View.Value is { } view
        ? new("cluster is not paused", view.IsPaused != true, view.IsPaused == true ? "the cluster is paused: Patroni would not start PostgreSQL again. Run Resume-PatroniCluster first" : "it is not paused")
        : new("cluster is not paused", null, snapshot.View.Reason ?? "not read");
}
