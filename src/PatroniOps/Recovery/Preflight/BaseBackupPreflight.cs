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
            Source(source, target, snapshot),
            FreeSenders(source),
            FreeSlots(source),
            NodeChecks.DataDirectory(node),
            Renamable(node),
            NodeChecks.SameSystem(node, snapshot),
            NodeChecks.Programs(node, source),
            VersionGate.BackupManifest.Judge(source is null ? [] : [source]),
            NodeChecks.Disk(node, sourceBytes),
            NodeChecks.Service(node),
        ];
    }

    private static PreflightCheck Source(MemberSnapshot? source, MemberSnapshot? target, ClusterSnapshot snapshot)
    {
        const string name = "source is sound";
        if (source is null)
            return new(name, false, "the member to copy from is not known");
        if (source.Name == target?.Name)
            return new(name, false, $"{source.Name} cannot be copied from itself");
        if (source.IsLeader)
            return new(name, true, $"{source.Name} is the leader");
        return ReplicationCheck.IsStreaming(ReplicaLink.Of(source, snapshot), snapshot) switch
        {
            true => new(name, true, $"{source.Name} streams"),
            false => new(name, false, $"{source.Name} does not stream itself: a copy of it would be as broken"),
            null => new(name, null, $"whether {source.Name} streams was not read"),
        };
    }

    private static PreflightCheck FreeSenders(MemberSnapshot? source)
    {
        const string name = "free walsenders";
        if (source?.Postgres.Settings.Value?.MaximumWalSenders is not { } maximum || source.Postgres.Senders.Value is not { } senders)
            return new(name, null, source?.Postgres.Settings.Reason ?? source?.Postgres.Senders.Reason ?? "max_wal_senders was not read");
        return new(name, maximum - senders.Count >= SendersNeeded, $"{maximum - senders.Count} of {maximum} free on {source.Name}, {SendersNeeded} needed");
    }

    private static PreflightCheck FreeSlots(MemberSnapshot? source)
    {
        const string name = "free replication slots";
        if (source?.Postgres.Settings.Value?.MaximumReplicationSlots is not { } maximum || source.Postgres.Slots.Value is not { } slots)
            return new(name, null, source?.Postgres.Settings.Reason ?? source?.Postgres.Slots.Reason ?? "max_replication_slots was not read");
        return new(name, maximum - slots.Count >= SlotsNeeded, $"{maximum - slots.Count} of {maximum} free on {source.Name}, {SlotsNeeded} needed");
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
