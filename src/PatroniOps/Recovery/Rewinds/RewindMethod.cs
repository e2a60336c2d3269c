using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Rewinds;

/// <summary>pg_rewind for a member whose history has left the leader's.</summary>
internal sealed class RewindMethod : IRebuildMethod
{
    private static readonly string[] Programs = ["pg_rewind", "pg_controldata", "pg_ctl", "postgres", "psql"];

    public ReplicaRebuildMethod Method => ReplicaRebuildMethod.Rewind;

    public IReadOnlyList<RecoveryStep> Steps { get; } =
    [
        new StopStep(), new RecoverStep(), new KeepStep(withWal: true), new RewindStep(), new ReconfigureStep(), new ProveInPlaceStep(), new StartStep(), new WatchStep(), new CleanStep(),
    ];

    public async Task<MethodDraft> CheckAsync(RebuildJob job, PatroniNode member, ClusterSnapshot snapshot, PatroniConnection connection, CancellationToken cancellationToken)
    {
        var facts = await NodeFactsReader.ReadAsync(member, Programs, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<PreflightCheck> checks = [.. RewindPreflight.Check(job.Member, facts, snapshot), await RewindRole.CheckAsync(member, snapshot.Leader, connection, cancellationToken).ConfigureAwait(false)];
        return new MethodDraft(checks, ParallelWal.Bytes(job.Member, snapshot), "an estimate: the WAL that both sides have written since their histories parted");
    }
}
