using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Commands;

/// <summary>New-PatroniBaseBackup: a base backup beside a replica's data, verified and proven to stream. The replica itself is not touched.</summary>
[Cmdlet(VerbsCommon.New, "PatroniBaseBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ReplicaRebuildJournal))]
public sealed class NewPatroniBaseBackupCommand : RebuildCmdlet
{
    /// <summary>The replicas, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>The member to copy from; the leader by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? Source { get; set; }

    /// <summary>The most kilobytes a second that the copy may take from its source, 32 or more; no limit by default.</summary>
    [Parameter]
    [ValidateRange(32, 1048576)]
    public long? MaximumRate { get; set; }

    /// <summary>How long the replica must have streamed after Switch-PatroniDataDirectory before that counts as done; 30 s by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan SoakTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Hhow the source compresses what it sends, from PostgreSQL 15 on; not at all by default. For a slow network.</summary>
    [Parameter]
    public CopyCompression Compression { get; set; }

    /// <summary>Copies even between nodes whose libraries sort text differently: indexes on text must be rebuilt afterwards.</summary>
    [Parameter]
    public SwitchParameter AcceptCollationMismatch { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(string.Join(", ", Member), async connection =>
    {
        foreach (var member in Member)
            await ReportAsync(member, () => CopyAsync(connection, member, cancellationToken)).ConfigureAwait(false);
    }, cancellationToken);

    private async Task CopyAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var request = Request(member) with { Method = ReplicaRebuildMethod.BaseBackup, Source = Source, MaximumRate = MaximumRate, Compression = Compression, SoakTime = SoakTime, AcceptsCollationMismatch = AcceptCollationMismatch };
        var activity = $"Copy beside {member}";
        var rebuilder = Rebuilder(connection, activity);
        var draft = await CheckedAsync(rebuilder, request, cancellationToken).ConfigureAwait(false);
        if (!await AskAsync($"Base backup beside the data of {member} in cluster {connection.Cluster}", [.. draft.Steps.Take(ReplicaRebuilder.CopySteps)]).ConfigureAwait(false))
            return;
        draft = await CheckedAsync(rebuilder, request, cancellationToken).ConfigureAwait(false);
        Emit(await rebuilder.CopyAsync(draft, Replication, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }
}
