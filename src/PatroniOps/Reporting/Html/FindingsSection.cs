using PatroniOps.Diagnosis;

namespace PatroniOps.Reporting.Html;

/// <summary>What is the case, worst first, each with its evidence and the next command.</summary>
internal static class FindingsSection
{
    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Line("<h3>Findings</h3>");
        if (report.Verdict.Findings.Count == 0)
        {
            html.Line("<p>None: every member was read, and nothing is wrong.</p>");
            return;
        }
        html.Line("<ol class=\"findings\">");
        foreach (var finding in report.Verdict.Findings)
            Write(html, finding);
        html.Line("</ol>");
    }

    private static void Write(HtmlWriter html, Finding finding)
    {
        html.Write($"<li><p>{Badge.Of(finding.Severity)} <strong>{finding.Id}</strong>{Of(finding.Member)}</p><p>{finding.Message}</p>");
        if (finding.Cause is { } cause)
            html.Write($"<p class=\"quiet\">{cause}</p>");
        if (finding.NextCommand is { } command)
            html.Write($"<p>Next: {Command.Of(command)}</p>");
        if (finding.Evidence.Count > 0)
        {
            html.Write($"<details><summary>Evidence ({finding.Evidence.Count})</summary><dl>");
            foreach (var evidence in finding.Evidence)
                html.Write($"<div><dt>{evidence.Name}</dt><dd>{evidence.Value} <span class=\"quiet\">{evidence.Source}</span></dd></div>");
            html.Line("</dl></details>");
        }
        html.Line("</li>");
    }

    private static string Of(string? member) => member is null ? "" : $" of {member}";
}
