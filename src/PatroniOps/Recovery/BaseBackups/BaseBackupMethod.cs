using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>pg_basebackup beside the old data, proven to stream, then swapped in by rename.</summary>
internal sealed class BaseBackupMethod : IRebuildMethod
{
    private static readonly string[] Programs = ["pg_basebackup", "pg_verifybackup", "pg_controldata", "pg_ctl", "postgres", "psql"];

    public ReplicaRebuildMethod Method => ReplicaRebuildMethod.BaseBackup;

    public IReadOnlyList<RecoveryStep> Steps { get; } =
    [
        new PrepareStep(), new CopyStep(), new VerifyStep(), new ConfigureStep(), new ProveStep(), new StopStep(), new SetAsideStep(), new PutInPlaceStep(),
        new StartStep(), new WatchStep(), new SettleStep(),
    ];

    public async Task<MethodDraft> CheckAsync(RebuildJob job, PatroniNode member, ClusterSnapshot snapshot, PatroniConnection connection, CancellationToken cancellationToken)
    {
        var source = snapshot.Members.FirstOrDefault(m => m.Name == job.Source);
        var bytes = await DatabaseSize.ReadAsync(connection, source, cancellationToken).ConfigureAwait(false);
        var facts = await NodeFactsReader.ReadAsync(member, Programs, cancellationToken).ConfigureAwait(false);
        // An archive of the old data lies beside both copies; how small it becomes is not known before.
        var checks = BaseBackupPreflight.Check(job.Member, source, job.OldData == OldDataPolicy.Archive ? 2 * bytes : bytes, facts, snapshot);
        return new MethodDraft(job.Compression == CopyCompression.None ? checks : [.. checks, VersionGate.ServerCompression.Judge(source is null ? [] : [source])], bytes);
    }
}
