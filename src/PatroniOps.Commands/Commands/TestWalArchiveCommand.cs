using System.Globalization;
using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Archives.Ledgers;
using PatroniOps.Archives.Tools;
using PatroniOps.Archives.Verification;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Test-WalArchive: whether every segment that recovery would need is in an archive, over all timelines; with -RoundTrip whether new ones get there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WalArchive", SupportsShouldProcess = true)]
[OutputType(typeof(WalArchiveTest), typeof(WalArchiveRoundTrip), typeof(bool))]
public sealed class TestWalArchiveCommand : WalArchiveCmdlet
{
    private bool isAllGood = true;
    private bool isAnyTested;

    /// <summary>Reads every segment: pages, every record's sum and link over the borders of segments, and pgBackRest's sums; tells the position of the first damage of each.</summary>
    [Parameter]
    public SwitchParameter Deep { get; set; }

    /// <summary>With -Deep: checks pages and records alone, and not the sums of whole files that pgBackRest writes into their names. Faster; damage behind the end of a segment's last record is not seen then.</summary>
    [Parameter]
    public SwitchParameter SkipSum { get; set; }

    /// <summary>Looks at nothing but names: on a million segments several times as fast. A file that is empty or too short is not noticed then.</summary>
    [Parameter]
    public SwitchParameter NameOnly { get; set; }

    /// <summary>With -Deep: how many segments are read at the same time; by default one for each core.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [PSDefaultValue(Help = "one for each core")]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <summary>With -Deep: a file of JSON lines in which intact segments are remembered; those that have not changed since are not read again. Several machines' ledgers merge by putting them one behind the other.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Ledger { get; set; }

    /// <summary>With -Ledger: reads again what it knows.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>With -Deep: which part of the archive is read, from 1; with the same -PartitionCount all parts together are the whole.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Partition { get; set; } = 1;

    /// <summary>With -Deep: into how many parts the archive is cut.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int PartitionCount { get; set; } = 1;

    /// <summary>Proves the way into the archive: has the leader end its WAL segment, and waits until that is there.</summary>
    [Parameter]
    public SwitchParameter RoundTrip { get; set; }

    /// <summary>With -RoundTrip: a role that may execute pg_switch_wal, which pg_monitor does not bring; without it the connection's own is tried.</summary>
    [Parameter]
    [Credential]
    public PSCredential? SwitchCredential { get; set; }

    /// <summary>With -RoundTrip: how long the segment may take; a minute by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Returns one Boolean: true only if every archive is good.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Partition > PartitionCount)
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"There is no part {Partition} of {PartitionCount}."), "InvalidPartition", ErrorCategory.InvalidArgument, Partition));
        if (NameOnly && Deep)
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException("-NameOnly looks at no content, and -Deep at all of it: give one of them."), "NameOnlyAndDeep", ErrorCategory.InvalidArgument, null));
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (RoundTrip)
        {
            await RoundTripAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        var ledgerPath = Deep && Ledger is not null ? GetUnresolvedProviderPathFromPSPath(Ledger) : null;
        try
        {
            using var ledger = ledgerPath is null ? null : WalLedger.Open(ledgerPath);
            var isAllRead = await ForEachArchiveAsync((archive, question, access) =>
            {
                // First: what is archived meanwhile is then no difference.
                var told = Quiet ? null : new ToolReportReader(access).ReadAsync(archive, cancellationToken).GetAwaiter().GetResult();
                Report(Test(new WalArchiveTester(archive, question, TimeProvider.System), archive.Location, ledger, cancellationToken).With(told));
            }, cancellationToken).ConfigureAwait(false);
            isAllGood &= isAllRead;
        }
        catch (PatroniOpsException e)
        {
            isAllGood = false;
            EmitError(Failure.Record(e, ledgerPath));
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
            Emit(isAnyTested && isAllGood);
        return Task.CompletedTask;
    }

    private async Task RoundTripAsync(CancellationToken cancellationToken)
    {
        var paths = Paths();
        var clusters = new List<(ClusterSnapshot Snapshot, PatroniConnection? Connection)>();
        await ForEachSnapshotAsync((snapshot, connection) =>
        {
            lock (clusters)
                clusters.Add((snapshot, connection));
        }, cancellationToken).ConfigureAwait(false);
        isAllGood &= clusters.Count > 0;
        foreach (var (snapshot, connection) in clusters)
        {
            try
            {
                if (connection is null || snapshot.Leader is not { } leader)
                    throw new PatroniOpsException(FailureKind.NotConfigured, $"{snapshot.Cluster}: a round trip needs a live cluster with a leader.");
                if ((paths ?? connection.ArchivePath) is not { Count: > 0 } places)
                    throw new PatroniOpsException(FailureKind.NotConfigured, "There is no archive to look into: give -Path, or run Connect-PatroniCluster with -ArchivePath.");
                await RoundTripAsync(connection, snapshot, leader, places, cancellationToken).ConfigureAwait(false);
            }
            catch (PatroniOpsException e)
            {
                isAllGood = false;
                EmitError(Failure.Record(e, snapshot.Cluster));
            }
        }
    }

    private async Task RoundTripAsync(PatroniConnection connection, ClusterSnapshot snapshot, MemberSnapshot leader, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        // Before anything is changed: a place that cannot be read proves nothing.
        var access = await AccessAsync(cancellationToken).ConfigureAwait(false);
        var archives = paths.Select(path => access.Open(path, Stanza, SystemIdentifier ?? connection.SystemIdentifier, cancellationToken)).ToList();
        if (!await ConfirmAsync($"SELECT pg_switch_wal() on {leader.Name} of cluster {snapshot.Cluster}", $"Have {leader.Name} end its WAL segment?", "Test-WalArchive").ConfigureAwait(false))
            return;
        var name = await WalSwitch.RunAsync(connection, leader, SwitchCredential?.GetNetworkCredential(), cancellationToken).ConfigureAwait(false);
        var switchedAt = TimeProvider.System.GetUtcNow();
        if (!WalSegment.TryParse(name, snapshot.WalSegmentSize, out var segment))
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{leader.Name}: {name} is no segment's name.");
        foreach (var archive in archives)
        {
            var asked = new WalArchiveRoundTrip
            {
                ConnectionId = connection.ConnectionId, Cluster = snapshot.Cluster, Member = leader.Name, HostName = archive.HostName, Path = archive.Path, Segment = name, SwitchedAt = switchedAt, Reason = "",
            };
            var result = await WalArchiveRoundTrip.WaitAsync(asked, archive, segment, Timeout, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            isAnyTested = true;
            isAllGood &= result.IsArchived;
            if (!Quiet)
                Emit(result);
        }
    }

    private WalArchiveTest Test(WalArchiveTester tester, string path, WalLedger? ledger, CancellationToken cancellationToken) =>
        NameOnly ? tester.TestNames(cancellationToken) : tester.Test(Deep ? DeepOptions(path, ledger) : null, cancellationToken);

    private WalVerificationOptions DeepOptions(string path, WalLedger? ledger) => new()
    {
        Ledger = ledger,
        IgnoresLedger = Force,
        SkipsSums = SkipSum,
        DegreeOfParallelism = ThrottleLimit,
        Partition = Partition,
        PartitionCount = PartitionCount,
        Progress = progress => EmitProgress(new ProgressRecord(0, $"Test-WalArchive {path}",
            string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total} segments, {progress.BytesPerSecond / 1e6:0} MB/s"))
        {
            PercentComplete = (int)Math.Min(100, progress.Done * 100 / Math.Max(1, progress.Total)),
            SecondsRemaining = (int)(progress.Left?.TotalSeconds ?? -1),
        }),
    };

    private void Report(WalArchiveTest result)
    {
        isAnyTested = true;
        isAllGood &= result.IsGood == true;
        if (!Quiet)
            Emit(result);
    }
}
