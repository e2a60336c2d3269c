using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold before pg_rewind is run: pure, from a fresh snapshot and what the node showed.</summary>
public static class RewindPreflight
{
    /// <param name="member">The replica to rewind.</param>
    /// <param name="node">What its node showed.</param>
    /// <param name="snapshot">The cluster now.</param>
    public static IReadOnlyList<PreflightCheck> Check(string member, NodeFacts node, ClusterSnapshot snapshot)
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
            Diverged(member, target, snapshot),
            Rewindable(node),
            NodeChecks.DataDirectory(node),
            NodeChecks.SameSystem(node, snapshot),
            NodeChecks.Programs(node, snapshot.Leader),
            NodeChecks.Service(node),
        ];
    }

    // On a member that is merely behind pg_rewind does nothing, and the member stays broken.
    private static PreflightCheck Diverged(string member, MemberSnapshot? target, ClusterSnapshot snapshot) => (target is null ? null : ReplicationCheck.IsDiverged(target, snapshot)) switch
    {
        true => new("history has diverged", true, $"{member} has left the leader's history"),
        false => new("history has diverged", false, $"{member} has not left the leader's history: there is nothing to rewind"),
        null => new("history has diverged", null, $"{member}'s position or the leader's history was not read"),
    };

    private static PreflightCheck Rewindable(NodeFacts node) => node.HasRewindInformation is { } has
        ? new("checksums or wal_log_hints", has, has ? "one of them is on" : $"{node.DataDirectory} has neither data checksums nor wal_log_hints: pg_rewind refuses it")
        : new("checksums or wal_log_hints", null, $"pg_controldata cannot read {node.DataDirectory}");
}
