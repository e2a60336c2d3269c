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

    // WAL that comes while the copy runs, and the files that a copy has besides the databases.
    private const long Reserve = 256L << 20;

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
            Known(member, target),
            Follows(target, snapshot),
            LeaderChecks.LeaderRest(snapshot.Leader, snapshot),
            LeaderChecks.LeaderSql(snapshot.Leader, snapshot),
            LeaderChecks.LeaderIsAhead(snapshot.Leader, snapshot),
            NotPaused(snapshot),
            Source(source, target, snapshot),
            FreeSenders(source),
            FreeSlots(source),
            DataDirectory(node),
            Renamable(node),
            SameSystem(node, snapshot),
            Programs(node, source),
            Disk(node, sourceBytes),
            Service(node),
        ];
    }

    internal static PreflightCheck Known(string member, MemberSnapshot? target) => target is not null
        ? new("member is known", true, $"{member} belongs to the cluster")
        : new("member is known", false, $"{member} is neither in /cluster nor remembered as a member");

    // A replica that is down may be rebuilt: only one that leads, or takes writes, may not.
    internal static PreflightCheck Follows(MemberSnapshot? target, ClusterSnapshot snapshot) =>
        target is { Patroni.IsKnown: false } && !target.IsLeader && target.Postgres.State.Value?.IsInRecovery != false
            ? new("target is a replica", true, $"{target.Name} is not the leader; its REST API does not answer: {target.Patroni.Reason}")
            : LeaderChecks.NotLeader(target, snapshot.Leader);

    internal static PreflightCheck NotPaused(ClusterSnapshot snapshot) => snapshot.View.Value is { } view
        ? new("cluster is not paused", view.IsPaused != true, view.IsPaused == true ? "the cluster is paused: Patroni would not start PostgreSQL again. Run Resume-PatroniCluster first" : "it is not paused")
        : new("cluster is not paused", null, snapshot.View.Reason ?? "not read");

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

    internal static PreflightCheck DataDirectory(NodeFacts node)
    {
        const string name = "it is a data directory";
        if (node.DataDirectory.Trim('/').Length == 0 || node.ResolvedDirectory == "/")
            return new(name, false, $"{node.DataDirectory} is the root directory");
        if (node.ResolvedDirectory is null)
            return new(name, false, $"{node.NodeName} has no {node.DataDirectory}");
        return node.DataVersion is { } version
            ? new(name, true, $"{node.DataDirectory} has PG_VERSION {version}")
            : new(name, false, $"{node.DataDirectory} on {node.NodeName} is no data directory: it has no PG_VERSION");
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

    internal static PreflightCheck SameSystem(NodeFacts node, ClusterSnapshot snapshot)
    {
        const string name = "same system identifier";
        var wanted = snapshot.Leader is { } leader ? ReplicationCheck.SystemOf(leader) : null;
        if (wanted is null || node.SystemIdentifier is null)
            return new(name, null, wanted is null ? "the leader's was not read" : $"pg_controldata cannot read {node.DataDirectory}");
        return new(name, wanted == node.SystemIdentifier, wanted == node.SystemIdentifier
            ? wanted
            : $"{node.DataDirectory} holds system {node.SystemIdentifier}, the cluster is {wanted}: it is another cluster's data");
    }

    internal static PreflightCheck Programs(NodeFacts node, MemberSnapshot? source)
    {
        const string name = "programs of the same version";
        if (node.MissingPrograms.Count > 0)
            return new(name, false, $"{node.NodeName} has no {string.Join(", ", node.MissingPrograms)}");
        var server = source?.Postgres.State.Value?.Version / 10000;
        return server is null || node.ProgramVersion is null
            ? new(name, null, "a version was not read")
            : new(name, node.ProgramVersion == $"{server}", $"{node.NodeName} has PostgreSQL {node.ProgramVersion}, {source!.Name} runs {server}");
    }

    internal static PreflightCheck Disk(NodeFacts node, long? sourceBytes)
    {
        const string name = "disk for both copies";
        if (node.FreeBytes is not { } free || sourceBytes is not { } bytes)
            return new(name, null, node.FreeBytes is null ? $"free space beside {node.DataDirectory} was not read" : "the size of the source's databases was not read");
        var needed = bytes + Reserve;
        return new(name, free >= needed, $"{free >> 20} MiB free on {node.NodeName}, {needed >> 20} MiB needed");
    }

    internal static PreflightCheck Service(NodeFacts node) => node.IsPatroniRunning is { } running
        ? new("Patroni's service", true, running ? "it runs" : "it is stopped")
        : new("Patroni's service", null, $"{node.NodeName} does not tell whether Patroni runs: give -ServiceKind and -ServiceName, or the three commands");
}
