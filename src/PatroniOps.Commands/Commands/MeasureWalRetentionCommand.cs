using System.Management.Automation;
using PatroniOps.Postgres;
using PatroniOps.Retention;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Measure-WalRetention: how long a replica may be away, by each source of WAL, what ends it, and the wal_keep_size for a wanted outage.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "WalRetention")]
[OutputType(typeof(WalRetention))]
public sealed class MeasureWalRetentionCommand : SamplingCmdlet
{
    private static readonly TimeSpan ShortSample = TimeSpan.FromSeconds(2);

    /// <summary>How long to measure the rate. Without it the leader's remembered position gives the rate, or a sample of two seconds.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Over { get; set; }

    /// <summary>How long a replica is to be able to stay away: says whether it is, and which wal_keep_size it takes.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Outage { get; set; }

    /// <summary>Free bytes on the disks of pg_wal: a number for every node, or a hashtable by member. SQL does not tell it.</summary>
    [Parameter]
    [FreeDiskTransformation]
    public FreeDisk FreeDisk { get; set; } = FreeDisk.Unknown;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var first = await FirstLookAsync(cancellationToken).ConfigureAwait(false);
        var sampled = first.Where(f => f.Connection is not null && NeedsSample(f.Snapshot)).ToList();
        foreach (var (snapshot, connection) in first.Except(sampled))
        {
            if (Over is not null && connection is null)
                EmitWarning($"{snapshot.Cluster}: a recorded cluster cannot be measured; its own rate is used.");
            Emit(WalRetentionJudge.Judge(snapshot, Outage, FreeDisk));
        }
        if (sampled.Count == 0)
            return;
        await WaitAsync(Over ?? ShortSample, "Measuring the rate of WAL", cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(sampled, cancellationToken, async (cluster, token) =>
        {
            var last = await cluster.Connection!.CollectAsync(token).ConfigureAwait(false);
            Emit(WalRetentionJudge.Judge(last, Outage, FreeDisk, Rate(cluster.Snapshot, last)));
        }).ConfigureAwait(false);
    }

    private bool NeedsSample(ClusterSnapshot snapshot) => snapshot.LeaderLsnAfter is not null && (Over is not null || WalRate.FromSnapshot(snapshot).BytesPerSecond is null);

    private static WalRate Rate(ClusterSnapshot first, ClusterSnapshot last) => last.LeaderLsnAfter is { } position && first.LeaderLsnAfter is { } before
        ? WalRate.Between(At(first, before), At(last, position))
        : WalRate.FromSnapshot(last with { Earlier = null });

    // The leader's position is the last thing that is read.
    private static EarlierPosition At(ClusterSnapshot snapshot, Lsn position) => new(snapshot.TakenAt + snapshot.ReadWithin, position);
}
