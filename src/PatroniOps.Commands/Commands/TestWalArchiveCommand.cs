using System.Globalization;
using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Archives.Ledgers;
using PatroniOps.Archives.Verification;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>Test-WalArchive: whether every segment that recovery would need is in an archive, over all timelines.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WalArchive")]
[OutputType(typeof(WalArchiveTest), typeof(bool))]
public sealed class TestWalArchiveCommand : SnapshotCmdlet
{
    private bool isAllGood = true;
    private bool isAnyTested;

    /// <summary>Archives on this machine: a directory of segments, a pgBackRest repository, Barman's home or a server's folder in it, a WAL-G prefix. By default the connection's -ArchivePath.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The stanza of pgBackRest, or the server of Barman, where several share the path; by default each stanza is tested.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Stanza { get; set; }

    /// <summary>The database cluster whose WAL it must be; no connection is asked then, unless one is named.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{1,20}$")]
    public string? SystemIdentifier { get; set; }

    /// <summary>A gap is not called a loss before what lies behind it has been in the archive for so long; a minute by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Reads every segment: pages, every record's sum and link over the borders of segments, and pgBackRest's sums; tells the position of the first damage of each.</summary>
    [Parameter]
    public SwitchParameter Deep { get; set; }

    /// <summary>With -Deep: how many segments are read at the same time; by default one for each core.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
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

    /// <summary>Returns one Boolean: true only if every archive is good.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private bool IsClusterNamed => Connection is { Length: > 0 } || Cluster is { Length: > 0 } || Uri is { Length: > 0 } || Snapshot is { Length: > 0 } || ConnectionId != Guid.Empty;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Partition > PartitionCount)
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"There is no part {Partition} of {PartitionCount}."), "InvalidPartition", ErrorCategory.InvalidArgument, Partition));
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var paths = Path?.Select(GetUnresolvedProviderPathFromPSPath).ToList();
        var ledgerPath = Deep && Ledger is not null ? GetUnresolvedProviderPathFromPSPath(Ledger) : null;
        var asked = new List<(IReadOnlyList<string> Paths, WalArchiveQuestion Question)>();
        if (IsClusterNamed || (SystemIdentifier is null && HasCurrentConnection))
            await ForEachSnapshotAsync((snapshot, connection) =>
            {
                var question = WalArchiveQuestions.Of(snapshot, SystemIdentifier ?? connection?.SystemIdentifier, GracePeriod);
                lock (asked)
                    asked.Add((paths ?? connection?.ArchivePath ?? [], question));
            }, cancellationToken).ConfigureAwait(false);
        else
            asked.Add((paths ?? [], new WalArchiveQuestion { SystemIdentifier = SystemIdentifier, GracePeriod = GracePeriod }));
        try
        {
            using var ledger = ledgerPath is null ? null : WalLedger.Open(ledgerPath);
            foreach (var (places, question) in asked)
                Test(places, question, ledger, cancellationToken);
        }
        catch (PatroniOpsException e)
        {
            Fail(e, ledgerPath);
        }
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
            Emit(isAnyTested && isAllGood);
        return Task.CompletedTask;
    }

    private void Test(IReadOnlyList<string> paths, WalArchiveQuestion question, WalLedger? ledger, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            Fail(new PatroniOpsException(FailureKind.NotConfigured, "There is no archive to look into: give -Path, or run Connect-PatroniCluster with -ArchivePath."), question.Cluster);
        foreach (var path in paths)
        {
            try
            {
                foreach (var archive in Open(path, question))
                    Report(new WalArchiveTester(archive, question, TimeProvider.System).Test(Deep ? DeepOptions(path, ledger) : null, cancellationToken));
            }
            catch (PatroniOpsException e)
            {
                Fail(e, path);
            }
        }
    }

    // Several ids of a repository without a cluster to choose by are tested one by one: their timelines have nothing to do with each other.
    private IReadOnlyList<WalArchive> Open(string path, WalArchiveQuestion question)
    {
        var archives = WalArchive.Open(path, Stanza, question.SystemIdentifier).Split();
        return archives.Count > 0 ? archives : throw new PatroniOpsException(FailureKind.NotConfigured, $"{path} holds no WAL of the database cluster {question.SystemIdentifier}.");
    }

    private WalVerificationOptions DeepOptions(string path, WalLedger? ledger) => new()
    {
        Ledger = ledger,
        IgnoresLedger = Force,
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

    private void Fail(PatroniOpsException failure, object? target)
    {
        isAllGood = false;
        EmitError(Failure.Record(failure, target));
    }
}
