using PatroniOps.Archives;
using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold before pgBackRest restores in place: pure, from a fresh snapshot, the node and the repository's catalogue.</summary>
public static class DeltaRestorePreflight
{
    /// <param name="member">The replica to restore.</param>
    /// <param name="node">What its node showed.</param>
    /// <param name="repository">What pgBackRest said on it.</param>
    /// <param name="snapshot">The cluster now.</param>
    public static IReadOnlyList<PreflightCheck> Check(string member, NodeFacts node, Reading<PgBackRestRepository> repository, ClusterSnapshot snapshot)
    {
        var target = snapshot.Members.FirstOrDefault(m => m.Name == member);
        return
        [
            MemberChecks.Known(member, target),
            MemberChecks.Follows(target, snapshot),
            LeaderChecks.LeaderRest(snapshot.Leader, snapshot),
            LeaderChecks.LeaderSql(snapshot.Leader, snapshot),
            LeaderChecks.LeaderIsAhead(snapshot.Leader, snapshot),
            MemberChecks.NotPaused(snapshot),
            NodeChecks.DataDirectory(node),
            NodeChecks.SameSystem(node, snapshot),
            NodeChecks.Programs(node, snapshot.Leader),
            NodeChecks.Service(node),
            RepositoryChecks.HasBackup(repository),
            RepositoryChecks.IsWhole(repository, snapshot),
        ];
    }
}
