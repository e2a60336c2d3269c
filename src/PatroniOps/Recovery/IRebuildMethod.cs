using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery;

/// <summary>One method that works in steps on the member's node.</summary>
internal interface IRebuildMethod
{
    ReplicaRebuildMethod Method { get; }

    IReadOnlyList<RecoveryStep> Steps { get; }

    /// <summary>What must hold before it is begun.</summary>
    Task<MethodDraft> CheckAsync(RebuildJob job, PatroniNode member, ClusterSnapshot snapshot, PatroniConnection connection, CancellationToken cancellationToken);
}
