using PatroniOps.Diagnosis;

namespace PatroniOps.Reporting.Html;

/// <summary>What stands around the clusters: head, summary, foot.</summary>
internal static class Page
{
    public static void Begin(HtmlWriter html, string title, DateTimeOffset at, string style, IReadOnlyList<ClusterReport> reports)
    {
        html.Line("<!DOCTYPE html>");
        html.Line("<html lang=\"en\">");
        html.Line("<head>");
        html.Line("<meta charset=\"utf-8\"/>");
        html.Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        html.Line("<meta name=\"color-scheme\" content=\"light dark\"/>");
        // Nothing is ever loaded, whatever a name or a message may hold.
        html.Line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>");
        html.Write($"<title>{title}</title>");
        html.Write($"<style>{new HtmlFragment(style)}</style>");
        html.Line("</head>");
        html.Line("<body>");
        html.Line("<a class=\"skip\" href=\"#main\">Skip to the clusters</a>");
        html.Write($"<header><h1>{title}</h1><p>Made <time datetime=\"{at:O}\">{at:u}</time> from {reports.Count} cluster{(reports.Count == 1 ? "" : "s")}, the worst first.</p>");
        Summary(html, reports);
        html.Line("</header>");
        html.Line("<main id=\"main\">");
    }

    public static void End(HtmlWriter html, IReadOnlyList<ClusterReport> reports)
    {
        if (reports.Count == 0)
            html.Line("<p>No cluster was read.</p>");
        html.Line("</main>");
        html.Line("<footer><p>What could not be read is called unknown; it never counts as healthy. Times are UTC.</p></footer>");
        html.Line("</body>");
        html.Line("</html>");
    }

    private static void Summary(HtmlWriter html, IReadOnlyList<ClusterReport> reports)
    {
        html.Line("<nav aria-label=\"Clusters\"><ul class=\"clusters\">");
        foreach (var report in reports.OrderByDescending(r => r.Verdict.Verdict))
        {
            var worst = report.Verdict.Findings.Where(f => f.Severity > FindingSeverity.Info).Select(f => f.Id).Distinct().Take(3).ToList();
            html.Write($"<li><a href=\"#{report.Id("top")}\">{report.Snapshot.Cluster}</a> {Badge.Of(report.Verdict.Verdict)} <span class=\"quiet\">{string.Join(", ", worst)}</span></li>");
        }
        html.Line("</ul></nav>");
    }
}
