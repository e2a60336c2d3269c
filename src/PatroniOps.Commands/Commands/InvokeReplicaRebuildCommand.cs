using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Preflight;
using PatroniOps.Recovery.Reinitializations;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Invoke-ReplicaRebuild: makes a replica's data anew, and is done only when the member streams again.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ReplicaRebuild", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NewSet)]
[OutputType(typeof(ReplicaRebuildResult))]
public sealed class InvokeReplicaRebuildCommand : RebuildCmdlet
{
    private const string NewSet = "New";
    private const string ResumeSet = "Resume";

    /// <summary>The replicas to rebuild, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>Goes on with the rebuild of this journal.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResumeSet)]
    [ValidateNotNullOrEmpty]
    public string Resume { get; set; } = "";

    /// <summary>How. Reinitialize is Patroni's own: it deletes the data first and cannot be undone. The others work on the member's node; BaseBackup can be undone.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public ReplicaRebuildMethod Method { get; set; } = ReplicaRebuildMethod.Reinitialize;

    /// <summary>With BaseBackup: the member to copy from; the leader by default. With Reinitialize Patroni chooses: only the leader can be named, from Patroni 4.1 on.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? Source { get; set; }

    /// <summary>With BaseBackup: what becomes of the old data once the member has streamed for the soak time; it is kept by default.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public OldDataPolicy OldData { get; set; }

    /// <summary>How long the member must have streamed before the rebuild counts as done; 30 s by default. Not for Reinitialize.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [Duration]
    public TimeSpan SoakTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>With BaseBackup: the most kilobytes a second that the copy may take from its source, 32 or more; no limit by default.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [ValidateRange(32, 1048576)]
    public long? MaximumRate { get; set; }

    /// <summary>With BaseBackup: how the source compresses what it sends, from PostgreSQL 15 on; not at all by default. For a slow network.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public CopyCompression Compression { get; set; }

    /// <summary>Copies even between nodes whose libraries sort text differently: indexes on text must be rebuilt afterwards.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public SwitchParameter AcceptCollationMismatch { get; set; }

    /// <summary>With Reinitialize: how long nothing may change before the rebuild counts as stalled; 10 minutes by default. A copy that moves is never stalled.</summary>
    [Parameter(ParameterSetName = NewSet)]
    [Duration]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName == ResumeSet
        ? ForJournalAsync(Resume, ResumeAsync, cancellationToken)
        : ForEachConnectionAsync(string.Join(", ", Member), async connection =>
        {
            foreach (var member in Member)
                await ReportAsync(member, () => RebuildAsync(connection, member, cancellationToken)).ConfigureAwait(false);
        }, cancellationToken);

    private Task RebuildAsync(PatroniConnection connection, string member, CancellationToken cancellationToken) => Method == ReplicaRebuildMethod.Reinitialize
        ? ReinitializeAsync(connection, member, cancellationToken)
        : RebuildInStepsAsync(connection, member, cancellationToken);

    private async Task RebuildInStepsAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var request = Request(member) with
        {
            Method = Method,
            Source = Source,
            OldData = OldData,
            SoakTime = SoakTime,
            MaximumRate = MaximumRate,
            Compression = Compression,
            AcceptsCollationMismatch = AcceptCollationMismatch,
        };
        var activity = $"{Method} {member}";
        var rebuilder = Rebuilder(connection, activity);
        var draft = await CheckedAsync(rebuilder, request, cancellationToken).ConfigureAwait(false);
        if (!await AskAsync($"{Method} {member} of cluster {connection.Cluster}", draft.Steps).ConfigureAwait(false))
            return;
        // Time has passed at the prompt: what held before it must hold now.
        draft = await CheckedAsync(rebuilder, request, cancellationToken).ConfigureAwait(false);
        Emit(await rebuilder.RunAsync(draft, Replication, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }

    private async Task ResumeAsync(PatroniConnection connection, ReplicaRebuildJournal journal, CancellationToken cancellationToken)
    {
        var steps = RebuildMethods.StepsOf(journal.Method).Where(s => !journal.IsDone(s)).ToList();
        if (!await AskAsync($"Go on with {journal.Method} {journal.Id} of {journal.Member} in cluster {journal.Cluster}", steps).ConfigureAwait(false))
            return;
        var activity = $"{journal.Method} {journal.Member}";
        Emit(await (journal.Method == ReplicaRebuildMethod.Reinitialize
            ? ReinitializerFor(connection, activity).ResumeAsync(journal, cancellationToken)
            : Rebuilder(connection, activity).ResumeAsync(journal, Replication, cancellationToken)).ConfigureAwait(false));
        Complete(activity);
    }

    private async Task ReinitializeAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var (snapshot, unknown) = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
        foreach (var check in unknown)
            EmitWarning($"Not known: {check.Text}.");
        if (!await AskAsync($"{Method} {member} of cluster {connection.Cluster}", Reinitializer.Plan(member, snapshot)).ConfigureAwait(false))
            return;
        (snapshot, _) = await CheckedAsync(connection, member, cancellationToken).ConfigureAwait(false);
        var activity = $"{Method} {member}";
        Emit(await ReinitializerFor(connection, activity).RunAsync(member, snapshot, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }

    private Reinitializer ReinitializerFor(PatroniConnection connection, string activity) =>
        new(connection, Journals, StallTimeout, progress => Show(activity, progress), moment => EmitVerbose($"{activity}: {moment}"), fromLeader: Source is not null);

    // A fresh look each time, whatever the pipeline's objects said when they were made, and over new connections: the copy needs one.
    private async Task<(ClusterSnapshot Snapshot, IReadOnlyList<PreflightCheck> Unknown)> CheckedAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var facts = await ReinitializeFactsReader.ReadAsync(Request(member), snapshot, cancellationToken).ConfigureAwait(false);
        var checks = ReinitializePreflight.Check(member, facts, snapshot, Source);
        Require(checks, $"{member} is not rebuilt");
        return (snapshot, [.. checks.Where(c => c.HasPassed is null)]);
    }
}
