using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that looks at clusters twice to tell a rate.</summary>
public abstract class SamplingCmdlet : SnapshotCmdlet
{
    private static readonly TimeSpan ProgressStep = TimeSpan.FromSeconds(1);

    /// <summary>The first look at every cluster; a recorded one has no connection.</summary>
    protected async Task<List<(ClusterSnapshot Snapshot, PatroniConnection? Connection)>> FirstLookAsync(CancellationToken cancellationToken)
    {
        var first = new List<(ClusterSnapshot Snapshot, PatroniConnection? Connection)>();
        await ForEachSnapshotAsync((snapshot, connection) =>
        {
            lock (first)
                first.Add((snapshot, connection));
        }, cancellationToken).ConfigureAwait(false);
        return first;
    }

    /// <summary>Waits between the looks, with progress.</summary>
    protected async Task WaitAsync(TimeSpan time, string activity, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var left = time; left > TimeSpan.Zero; left = time - TimeProvider.System.GetElapsedTime(started))
        {
            EmitProgress(new ProgressRecord(1, activity, $"{(time - left).TotalSeconds:0} of {time.TotalSeconds:0} s")
            {
                PercentComplete = (int)Math.Clamp(100 * (1 - (left / time)), 0, 100),
                SecondsRemaining = (int)Math.Min(left.TotalSeconds, int.MaxValue),
            });
            await Task.Delay(left < ProgressStep ? left : ProgressStep, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        EmitProgress(new ProgressRecord(1, activity, "done") { RecordType = ProgressRecordType.Completed });
    }
}
