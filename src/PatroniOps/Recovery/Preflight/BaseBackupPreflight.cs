using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold before a base backup beside the data is begun: pure, from a fresh snapshot and what the node showed.</summary>
public static class BaseBackupPreflight
{
    // pg_basebackup opens two; the hold is the third.
    private const int SendersNeeded = 3;

    // pg_basebackup's own temporary slot, and the hold.
    private const int SlotsNeeded = 2;

    /// <param name="member">The replica to rebuild.</param>
    /// <param name="source">The member to copy from.</param>
    /// <param name="sourceBytes">The size of all its databases; null when not read.</param>
    /// <param name="node">What the replica's node showed.</param>
    /// <param name="snapshot">The cluster now.</param>
    public static IReadOnlyList<PreflightCheck> Check(string member, MemberSnapshot? source, long? sourceBytes, NodeFacts node, ClusterSnapshot snapshot)
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
            SourceChecks.Sound(source, target, snapshot),
            SourceChecks.FreeSenders(source, SendersNeeded),
            SourceChecks.FreeSlots(source, SlotsNeeded),
            NodeChecks.DataDirectory(node),
            Renamable(node),
            NodeChecks.SameSystem(node, snapshot),
            NodeChecks.Programs(node, source),
            VersionGate.BackupManifest.Judge(source is null ? [] : [source]),
            NodeChecks.Disk(node, sourceBytes),
            NodeChecks.Service(node),
        ];
    }

    private static PreflightCheck Renamable(NodeFacts node)
    {
        const string name = "it can be renamed";
        if (node.IsMountPoint is not { } mounted || node.IsParentWritable is not { } writable)
            return new(name, null, "its file system was not read");
        if (mounted)
            return new(name, false, $"{node.DataDirectory} is a mount point, which no rename moves: put the data in a directory below it");
        if (node.FixedLinks.Count > 0)
            return new(name, false, $"{string.Join(", ", node.FixedLinks)}: linked from the data, and a mount point, which no rename moves");
        if (node.ResolvedDirectory is { } real && real != node.DataDirectory)
            return new(name, false, $"{node.DataDirectory} is reached through a link ({real}): give the real path in patroni.yml");
        return new(name, writable, writable ? "the directory above it is its owner's to write" : $"the owner of {node.DataDirectory} may not write in the directory above it");
    }
}
