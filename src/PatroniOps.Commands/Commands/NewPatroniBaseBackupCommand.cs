using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.StandaloneBackups;

namespace PatroniOps.Commands;

/// <summary>
/// New-PatroniBaseBackup: a base backup beside a replica's data, verified and proven to stream, the replica itself not touched; or, with -Destination,
/// one elsewhere that belongs to no member, verified.
/// </summary>
[Cmdlet(VerbsCommon.New, "PatroniBaseBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = BesideSet)]
[OutputType(typeof(ReplicaRebuildJournal), ParameterSetName = [BesideSet])]
[OutputType(typeof(PatroniBaseBackup), ParameterSetName = [ElsewhereSet])]
public sealed class NewPatroniBaseBackupCommand : RebuildCmdlet
{
    private const string BesideSet = "Beside";
    private const string ElsewhereSet = "Elsewhere";

    /// <summary>The replicas, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = BesideSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>A directory that is to be made, on this machine or on the one that -HostName names: a backup that saves the only good copy.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ElsewhereSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>With -Destination: where PostgreSQL's programs lie on that machine; without it they are on the PATH.</summary>
    [Parameter(ParameterSetName = ElsewhereSet)]
    [ValidateNotNullOrEmpty]
    public string? BinDirectory { get; set; }

    /// <summary>The member to copy from; the leader by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? Source { get; set; }

    /// <summary>The most kilobytes a second that the copy may take from its source, 32 or more; no limit by default.</summary>
    [Parameter]
    [ValidateRange(32, 1048576)]
    public long? MaximumRate { get; set; }

    /// <summary>How the source compresses what it sends, from PostgreSQL 15 on; not at all by default. For a slow network.</summary>
    [Parameter]
    public CopyCompression Compression { get; set; }

    /// <summary>How long the replica must have streamed after Switch-PatroniDataDirectory before that counts as done; 30 s by default.</summary>
    [Parameter(ParameterSetName = BesideSet)]
    [Duration]
    public TimeSpan SoakTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Copies even between nodes whose libraries sort text differently: indexes on text must be rebuilt afterwards.</summary>
    [Parameter(ParameterSetName = BesideSet)]
    public SwitchParameter AcceptCollationMismatch { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName == ElsewhereSet
        ? ForEachConnectionAsync(Destination, connection => ReportAsync(Destination, () => SaveAsync(connection, cancellationToken)), cancellationToken)
        : ForEachConnectionAsync(string.Join(", ", Member), async connection =>
        {
            foreach (var member in Member)
                await ReportAsync(member, () => CopyAsync(connection, member, cancellationToken)).ConfigureAwait(false);
        }, cancellationToken);

    private async Task CopyAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var request = Request(member) with
        {
            Method = ReplicaRebuildMethod.BaseBackup, Source = Source, MaximumRate = MaximumRate, Compression = Compression, SoakTime = SoakTime, AcceptsCollationMismatch = AcceptCollationMismatch,
        };
        var activity = $"Copy beside {member}";
        var rebuilder = Rebuilder(connection, activity);
        var draft = await CheckedAsync(rebuilder, request, cancellationToken).ConfigureAwait(false);
        if (!await AskAsync($"Base backup beside the data of {member} in cluster {connection.Cluster}", [.. draft.Steps.Take(ReplicaRebuilder.CopySteps)]).ConfigureAwait(false))
            return;
        draft = await CheckedAsync(rebuilder, request, cancellationToken).ConfigureAwait(false);
        Emit(await rebuilder.CopyAsync(draft, Replication, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }

    private async Task SaveAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var request = new StandaloneBackupRequest
        {
            Destination = Destination,
            Source = Source,
            Node = NodeOptions(),
            BinDirectory = BinDirectory,
            Replication = Replication ?? throw new PatroniOpsException(FailureKind.NotConfigured, "The machine of a backup elsewhere has no patroni.yml with the role that copies: give -ReplicationCredential. Nothing was done."),
            MaximumRate = MaximumRate,
            Compression = Compression,
        };
        var activity = $"Backup of {connection.Cluster}";
        var backup = new StandaloneBackup(connection, request, progress => Show(activity, progress));
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        Require(await backup.CheckAsync(snapshot, cancellationToken).ConfigureAwait(false), $"No backup of {connection.Cluster} is taken");
        if (!await AskAsync($"Base backup of cluster {connection.Cluster}", backup.Plan(snapshot)).ConfigureAwait(false))
            return;
        Emit(await backup.RunAsync(await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }
}
