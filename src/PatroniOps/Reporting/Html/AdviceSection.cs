namespace PatroniOps.Reporting.Html;

/// <summary>What to change in the configuration; what is fine is counted.</summary>
internal static class AdviceSection
{
    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Line("<h3>Configuration</h3>");
        var open = report.Advice.Where(a => a.IsOk != true).OrderBy(a => a.IsOk is null).ToList();
        html.Write($"<p>{report.Advice.Count - open.Count} of {report.Advice.Count} settings that were looked at are fine.</p>");
        if (open.Count == 0)
            return;
        using var table = new Table(html, "Advice", "Setting", "Status", "Now", "Better", "Why", "Change with");
        foreach (var advice in open)
            table.Row(advice.Setting, advice.IsOk is null ? Badge.Unknown(advice.Status.ToString()) : Badge.Warn(advice.Status.ToString()), advice.Current, advice.Recommended ?? "", advice.Reason, advice.Command is { } command ? Command.Of(command) : "");
    }
}
