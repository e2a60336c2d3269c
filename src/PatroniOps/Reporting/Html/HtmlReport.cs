using System.Reflection;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Reporting.Html;

/// <summary>
/// Clusters in one HTML page that needs nothing else: no network, no script. Takes snapshots one by one; of several of a cluster the newest is judged,
/// and all of them give its lag over time.
/// </summary>
public sealed class HtmlReport(Thresholds thresholds)
{
    private readonly Dictionary<(string Cluster, string? SystemIdentifier), (ClusterSnapshot Newest, LagHistory Lag)> clusters = [];
    private readonly ClusterIdentities identities = new();
    private readonly List<PatroniBackup> backups = [];

    public int ClusterCount => clusters.Count;

    /// <summary>A look at a cluster.</summary>
    public void Add(ClusterSnapshot snapshot)
    {
        var key = identities.Of(snapshot);
        var (newest, lag) = clusters.TryGetValue(key, out var known) ? known : (snapshot, new LagHistory());
        lag.Add(snapshot);
        clusters[key] = (snapshot.TakenAt > newest.TakenAt ? snapshot : newest, lag);
    }

    /// <summary>A backup, which finds its cluster by the system identifier; where it has none it belongs to the only cluster there is.</summary>
    public void Add(PatroniBackup backup) => backups.Add(backup);

    /// <summary>The page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="at">When it is made.</param>
    public string ToHtml(string title, DateTimeOffset at)
    {
        var reports = clusters.OrderBy(c => c.Key.Cluster, StringComparer.Ordinal).ThenBy(c => c.Key.SystemIdentifier, StringComparer.Ordinal)
            .Select((c, i) => ClusterReport.Of(i + 1, c.Value.Newest, c.Value.Lag, BackupsOf(c.Key.SystemIdentifier), thresholds)).ToList();
        var html = new HtmlWriter();
        Page.Begin(html, title, at, Resource("report.css"), reports);
        foreach (var report in reports.OrderByDescending(r => r.Verdict.Verdict))
            ClusterSection.Write(html, report);
        Page.End(html, reports);
        return html.ToString();
    }

    private List<PatroniBackup>? BackupsOf(string? identifier) => backups.Count == 0
        ? null
        : [.. backups.Where(b => b.SystemIdentifier is null ? clusters.Count == 1 : b.SystemIdentifier == identifier).OrderByDescending(b => b.StoppedAt ?? b.StartedAt)];

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"PatroniOps.Reporting.Html.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
