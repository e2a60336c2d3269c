using PatroniOps.Archives;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Steps;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.DeltaRestores;

/// <summary>pgBackRest's restore with --delta, for a member whose repository has a backup and all WAL since.</summary>
internal sealed class DeltaRestoreMethod : IRebuildMethod
{
    private static readonly string[] Programs = ["pg_controldata", "pg_ctl", "postgres", "psql"];

    public ReplicaRebuildMethod Method => ReplicaRebuildMethod.DeltaRestore;

    public IReadOnlyList<RecoveryStep> Steps { get; } =
    [
        new StopStep(), new KeepStep(withWal: false), new RestoreStep(), new ReconfigureStep(), new ProveInPlaceStep(RestoreCommandSetting.Fact), new StartStep(), new WatchStep(), new CleanStep(),
    ];

    public async Task<MethodDraft> CheckAsync(RebuildJob job, PatroniNode member, ClusterSnapshot snapshot, PatroniConnection connection, CancellationToken cancellationToken)
    {
        var facts = await NodeFactsReader.ReadAsync(member, Programs, cancellationToken).ConfigureAwait(false);
        var repository = await RepositoryAsync(member, snapshot, cancellationToken).ConfigureAwait(false);
        return new MethodDraft(DeltaRestorePreflight.Check(job.Member, facts, repository, snapshot), repository.Value?.Bytes, "at most: files that agree with the backup are not fetched; the WAL since the backup comes to it");
    }

    private static async Task<Reading<PgBackRestRepository>> RepositoryAsync(PatroniNode member, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var command = await RestoreCommandSetting.ReadAsync(member, null, cancellationToken).ConfigureAwait(false);
            return PgBackRestCommand.FromRestoreCommand(command) is { } pgBackRest
                ? Reading.Of(await PgBackRestRepository.ReadAsync(member.Node, member.Owner, pgBackRest, snapshot.WalSegmentSize, cancellationToken).ConfigureAwait(false))
                : Reading.Unknown<PgBackRestRepository>(FailureKind.NotConfigured, "its restore_command is not a plain call of pgbackrest");
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<PgBackRestRepository>(e);
        }
    }
}
