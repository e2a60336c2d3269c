using System.Management.Automation;
using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Get-WalArchiveStatus: each member's archiving by its server's own word: what failed, what waits, how far the archive is behind.</summary>
[Cmdlet(VerbsCommon.Get, "WalArchiveStatus")]
[OutputType(typeof(WalArchiveStatus))]
public sealed class GetWalArchiveStatusCommand : SamplingCmdlet
{
    /// <summary>Members by name; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <summary>Measures the rates over so long; without it they are means since the statistics were reset.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Over { get; set; }

    /// <summary>Limits other than the defaults, as Test-PatroniCluster takes them.</summary>
    [Parameter]
    [ThresholdsTransformation]
    public Thresholds Threshold { get; set; } = new();

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var first = await FirstLookAsync(cancellationToken).ConfigureAwait(false);
        if (Over is { } time && first.Any(f => f.Connection is not null))
            await WaitAsync(time, "Measuring the rates of archiving", cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(first, cancellationToken, async (cluster, token) =>
        {
            if (Over is null || cluster.Connection is not { } connection)
                Report(cluster.Snapshot, null);
            else
                Report(await connection.CollectAsync(token).ConfigureAwait(false), cluster.Snapshot);
        }).ConfigureAwait(false);
    }

    private void Report(ClusterSnapshot snapshot, ClusterSnapshot? earlier)
    {
        var wanted = MemberFilter(Member, snapshot);
        foreach (var status in WalArchiveStatus.FromSnapshot(snapshot, earlier, Threshold).Where(s => wanted(s.Member)))
            Emit(status);
    }
}
