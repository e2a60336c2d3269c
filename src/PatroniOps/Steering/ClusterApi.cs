using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Which member is asked to do what concerns the whole cluster.</summary>
internal static class ClusterApi
{
    /// <summary>The leader's address where it answers, else that of any member that does.</summary>
    /// <exception cref="PatroniOpsException">No Patroni answers.</exception>
    public static Uri Of(ClusterSnapshot snapshot) =>
        snapshot.Members.Where(m => m.Patroni.IsKnown && m.ApiUrl is not null).OrderByDescending(m => m.IsLeader).FirstOrDefault()?.ApiUrl
        ?? throw new PatroniOpsException(FailureKind.Unreachable,
            $"No Patroni of cluster {snapshot.Cluster} answers, nothing was changed: {snapshot.View.Reason ?? snapshot.Members.Select(m => m.Patroni.Reason).FirstOrDefault(r => r is not null)}");
}
