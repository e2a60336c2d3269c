using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold of the target's node, before its data is replaced.</summary>
internal static class NodeChecks
{
    // WAL that comes while the copy runs, and the files that a copy has besides the databases.
    private const long Reserve = 256L << 20;

    public static PreflightCheck DataDirectory(NodeFacts node)
    {
        const string name = "it is a data directory";
        if (node.DataDirectory.Trim('/').Length == 0)
            return new(name, false, "/ is the root directory");
        if (node.ResolvedDirectory == "/")
            return new(name, false, $"{node.DataDirectory} leads to the root directory");
        if (node.ResolvedDirectory is null)
            return new(name, false, $"{node.NodeName} has no {node.DataDirectory}");
        return node.DataVersion is { } version
            ? new(name, true, $"{node.DataDirectory} has PG_VERSION {version}")
            : new(name, false, $"{node.DataDirectory} on {node.NodeName} is no data directory: it has no PG_VERSION");
    }

    public static PreflightCheck SameSystem(NodeFacts node, ClusterSnapshot snapshot)
    {
        const string name = "same system identifier";
        var wanted = snapshot.Leader is { } leader ? ReplicationCheck.SystemOf(leader) : null;
        if (wanted is null || node.SystemIdentifier is null)
            return new(name, null, wanted is null ? "the leader's was not read" : $"pg_controldata cannot read {node.DataDirectory}");
        return new(name, wanted == node.SystemIdentifier, wanted == node.SystemIdentifier
            ? wanted
            : $"{node.DataDirectory} holds system {node.SystemIdentifier}, the cluster is {wanted}: it is another cluster's data");
    }

    public static PreflightCheck Programs(NodeFacts node, MemberSnapshot? source)
    {
        const string name = "programs of the same version";
        if (node.MissingPrograms.Count > 0)
            return new(name, false, $"{node.NodeName} has no {string.Join(", ", node.MissingPrograms)}");
        var server = source?.Postgres.State.Value?.Version / 10000;
        return server is null || node.ProgramVersion is null
            ? new(name, null, "a version was not read")
            : new(name, node.ProgramVersion == $"{server}", $"{node.NodeName} has PostgreSQL {node.ProgramVersion}, {source!.Name} runs {server}");
    }

    public static PreflightCheck Disk(NodeFacts node, long? sourceBytes)
    {
        const string name = "disk for both copies";
        if (node.FreeBytes is not { } free || sourceBytes is not { } bytes)
            return new(name, null, node.FreeBytes is null ? $"free space beside {node.DataDirectory} was not read" : "the size of the source's databases was not read");
        var needed = bytes + Reserve;
        return new(name, free >= needed, $"{free >> 20} MiB free on {node.NodeName}, {needed >> 20} MiB needed");
    }

    public static PreflightCheck Service(NodeFacts node) => node.IsPatroniRunning is { } running
        ? new("Patroni's service", true, running ? "it runs" : "it is stopped")
        : new("Patroni's service", null, $"{node.NodeName} does not tell whether Patroni runs: give -ServiceKind and -ServiceName, or the three commands");
}
