using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Journals;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Planning;

/// <summary>Reads what a plan needs, the cluster and the member's node, and plans. Changes nothing.</summary>
public static class RecoveryPlanReader
{
    private const string Recorded = "this is a recorded cluster";

    /// <summary>Plans for a member of a connected cluster, with its node when that can be read.</summary>
    /// <exception cref="PatroniOpsException">The cluster has no such replica.</exception>
    public static async Task<ReplicaRecoveryPlan> ReadAsync(PatroniConnection connection, RebuildRequest request, JournalStore store, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var target = Target(request.Member, snapshot);
        var context = Context(target, snapshot) with
        {
            DatabaseBytes = await DatabaseSize.ReadAsync(connection, snapshot.Leader, cancellationToken).ConfigureAwait(false),
            CopyRate = CopyRates.Newest(store.List(), snapshot.Cluster),
            RestoreCommand = request.RestoreCommand,
            Reinitialize = await ReinitializeFactsReader.ReadAsync(request with { Member = target.Name }, snapshot, cancellationToken).ConfigureAwait(false),
        };
        var rebuilder = new ReplicaRebuilder(connection, store, _ => { }, _ => { });
        var drafts = new Dictionary<ReplicaRebuildMethod, RebuildDraft>();
        try
        {
            foreach (var method in ReplicaRebuilder.MethodsInSteps)
                drafts[method] = await rebuilder.DraftAsync(request with { Member = context.Target.Name, Method = method }, cancellationToken).ConfigureAwait(false);
            return RecoveryPlanner.Plan(context with { Drafts = drafts });
        }
        catch (PatroniOpsException e)
        {
            return RecoveryPlanner.Plan(context with { NodeUnknown = e.Message });
        }
    }

    /// <summary>Plans from a recorded cluster: what needs the node is not known.</summary>
    /// <exception cref="PatroniOpsException">The cluster has no such replica.</exception>
    public static ReplicaRecoveryPlan Read(ClusterSnapshot snapshot, string member) =>
        RecoveryPlanner.Plan(Context(Target(member, snapshot), snapshot) with { NodeUnknown = Recorded });

    private static MemberSnapshot Target(string member, ClusterSnapshot snapshot)
    {
        var target = snapshot.Members.FirstOrDefault(m => string.Equals(m.Name, member, StringComparison.OrdinalIgnoreCase))
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"Cluster {snapshot.Cluster} has no member {member}. It has {string.Join(", ", snapshot.Members.Select(m => m.Name))}.");
        if (target.IsLeader)
            throw new PatroniOpsException(FailureKind.Refused, $"{target.Name} is the leader: switch over first, then repair it as a replica.");
        return target;
    }

    private static PlanContext Context(MemberSnapshot target, ClusterSnapshot snapshot) => new()
    {
        Snapshot = snapshot,
        Target = target,
        Wal = WalAvailabilityJudge.Judge(snapshot).First(w => w.Member == target.Name),
        Link = ReplicaLink.Of(target, snapshot),
        Findings = [.. ClusterDiagnosis.Judge(snapshot, new Thresholds()).Findings.Where(f => f.Member == target.Name)],
        Reinitialize = ReinitializeFacts.Unread(Recorded),
    };
}
