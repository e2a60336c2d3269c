namespace PatroniOps.Reporting.Html;

/// <summary>One cluster: verdict and findings first, then the pictures, then the tables.</summary>
internal static class ClusterSection
{
    public static void Write(HtmlWriter html, ClusterReport report)
    {
        var snapshot = report.Snapshot;
        html.Write($"<section class=\"cluster\" id=\"{report.Id("top")}\" aria-labelledby=\"{report.Id("name")}\">");
        html.Write($"<h2 id=\"{report.Id("name")}\">{snapshot.Cluster} {Badge.Of(report.Verdict.Verdict)}</h2>");
        html.Write($"<p class=\"quiet\">Read <time datetime=\"{snapshot.TakenAt:O}\">{snapshot.TakenAt:u}</time>. Leader: {snapshot.Leader?.Name ?? "none or unknown"}, timeline {snapshot.Leader?.Timeline?.ToString() ?? "unknown"}, at {snapshot.LeaderLsnAfter?.ToString() ?? "unknown"}.</p>");
        FindingsSection.Write(html, report);
        TopologySection.Write(html, report);
        WalCoverageSection.Write(html, report);
        LagSection.Write(html, report);
        SlotsSection.Write(html, report);
        BackupsSection.Write(html, report);
        AdviceSection.Write(html, report);
        html.Line("</section>");
    }
}
