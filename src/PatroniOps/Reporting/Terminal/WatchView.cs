using System.Globalization;
using PatroniOps.Diagnosis;
using PatroniOps.Watching;

namespace PatroniOps.Reporting.Terminal;

/// <summary>
/// A live view of watched clusters as lines for a terminal: a few clusters in full, a fleet as a list with the worst first, and the latest events. Several
/// looks may come at the same time.
/// </summary>
public sealed class WatchView
{
    private const int MostEvents = 8;
    private const int MostInFull = 3;

    private readonly Dictionary<string, ViewedCluster> clusters = new(StringComparer.Ordinal);
    private readonly Queue<ClusterEvent> events = new();
    private readonly object gate = new();

    /// <summary>Takes a look.</summary>
    public void See(ClusterLook look)
    {
        lock (gate)
        {
            // A cluster that has answered at last has a name in place of its address.
            var key = look.Snapshot?.ConnectionId is { } id && id != Guid.Empty ? id.ToString() : look.Verdict.Cluster;
            if (!clusters.TryGetValue(key, out var cluster))
                clusters[key] = cluster = new ViewedCluster();
            cluster.See(look);
            foreach (var change in look.Events)
                events.Enqueue(change);
            while (events.Count > MostEvents)
                events.Dequeue();
        }
    }

    /// <summary>The screen: at most so many lines, none wider than it is.</summary>
    public IReadOnlyList<string> Lines(int width, int height)
    {
        lock (gate)
        {
            var below = Events().ToList();
            var above = (clusters.Count <= MostInFull ? clusters.Values.SelectMany(c => ClusterView.Lines(c, width).Append("")) : Fleet()).Take(Math.Max(1, height - below.Count)).ToList();
            return [.. above.Concat(below).Take(height).Select(line => ScreenLine.Cut(line, width))];
        }
    }

    private IEnumerable<string> Fleet()
    {
        yield return Paint.Bold($"{clusters.Count} clusters: {string.Join(", ", clusters.Values.GroupBy(c => c.Verdict).OrderByDescending(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}")))}");
        foreach (var cluster in clusters.Values.OrderByDescending(c => c.Verdict).ThenBy(c => c.Name, StringComparer.Ordinal))
            yield return $"  {cluster.Name,-22} {Paint.Of(cluster.Verdict)} {(cluster.MostLag is { } lag ? Words.Bytes(lag) : "lag unknown")} {string.Join(", ", cluster.Look.Verdict.Findings.Where(f => f.Severity > FindingSeverity.Info).Select(f => f.Id).Distinct())}";
    }

    private IEnumerable<string> Events()
    {
        if (events.Count == 0)
            yield break;
        yield return Paint.Bold("Events");
        foreach (var change in events.Reverse())
            yield return $"  {change.At:HH:mm:ss} {change.Cluster} {change.Kind} {change.Id ?? Paint.Of(change.Verdict)}: {change.Message}";
    }
}
