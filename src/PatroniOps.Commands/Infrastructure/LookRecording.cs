using System.Collections.Concurrent;
using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>The recordings of a watch. A disk that is full does not end it: that is told once, and again after it went well in between.</summary>
internal sealed class LookRecording(string folder, long limit, Action<ErrorRecord> onError)
{
    private readonly ConcurrentDictionary<string, SnapshotRecorder> recorders = new(StringComparer.Ordinal);
    private readonly ClusterIdentities identities = new();
    private readonly ConcurrentDictionary<string, bool> failing = new(StringComparer.Ordinal);

    public async Task AppendAsync(ClusterSnapshot snapshot)
    {
        var place = SnapshotRecorder.FolderOf(folder, identities.Of(snapshot));
        try
        {
            await recorders.GetOrAdd(place, p => new SnapshotRecorder(p, limit)).AppendAsync(snapshot).ConfigureAwait(false);
            failing.TryRemove(place, out _);
        }
        catch (PatroniOpsException e)
        {
            if (failing.TryAdd(place, true))
                onError(Failure.Record(e, snapshot.Cluster));
        }
    }
}
