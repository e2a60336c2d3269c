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
public sealed class TestWalArchiveCommand : WalArchiveCmdlet
{
    private bool isAllGood = true;
    private bool isAnyTested;

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
        var ledgerPath = Deep && Ledger is not null ? GetUnresolvedProviderPathFromPSPath(Ledger) : null;
        try
        {
            using var ledger = ledgerPath is null ? null : WalLedger.Open(ledgerPath);
            var isAllRead = await ForEachArchiveAsync((archive, question) =>
                Report(new WalArchiveTester(archive, question, TimeProvider.System).Test(Deep ? DeepOptions(archive.Location, ledger) : null, cancellationToken)), cancellationToken).ConfigureAwait(false);
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
}
