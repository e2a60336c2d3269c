using PatroniOps.Diagnosis;
using PatroniOps.Postgres;

namespace PatroniOps.Reporting.Html;

/// <summary>WAL coverage as a picture: a row for each place, segments from left to right, gaps in red; and the same as a table.</summary>
internal static class WalCoverageSection
{
    private const double RowHeight = 48;
    private const double BarTop = 18;
    private const double BarHeight = 18;
    private const double Top = 28;

    // Per cent of the width: what is there can be seen, however short.
    private const double Least = 0.4;

    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Line("<h3>WAL coverage</h3>");
        if (WalCoverage.Of(report.Snapshot) is not { } coverage)
        {
            html.Line("<p>Unknown: the leader's position or timeline was not read.</p>");
            return;
        }
        Picture(html, report, coverage);
        Rows(html, coverage);
        Needs(html, report);
    }

    private static void Picture(HtmlWriter html, ClusterReport report, WalCoverage coverage)
    {
        var height = Top + (coverage.Rows.Count * RowHeight) + 12;
        using var figure = new Figure(html, report.Id("wal"), $"WAL coverage of {report.Snapshot.Cluster}", Description(coverage), width: null, height,
            "Blue: WAL that is there. Red, hatched: WAL that is missing between what an archive holds, or that a replica needs and cannot get by itself. Triangle: where a member stands. Upright line: the leader's position.");
        html.Write($"<defs><pattern id=\"{report.Id("gap")}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"gap-back\" width=\"6\" height=\"6\"/><rect class=\"gap-line\" width=\"3\" height=\"6\"/></pattern></defs>");
        html.Write($"<text class=\"small\" x=\"0\" y=\"14\">{Name(coverage, coverage.First)}</text><text class=\"small\" x=\"100%\" y=\"14\" text-anchor=\"end\">{Name(coverage, coverage.Last)}</text>");
        for (var i = 0; i < coverage.Rows.Count; i++)
            Row(html, coverage, coverage.Rows[i], Top + (i * RowHeight), report.Id("gap"));
        var tip = X(coverage, coverage.Tip.Value / (double)coverage.SegmentSize);
        html.Write($"<line class=\"tip\" x1=\"{tip:0.##}%\" x2=\"{tip:0.##}%\" y1=\"{Top - 8:0}\" y2=\"{height - 6:0}\"/>");
    }

    private static void Row(HtmlWriter html, WalCoverage coverage, WalCoverageRow row, double y, string gap)
    {
        html.Write($"<text x=\"0\" y=\"{y + 13:0}\"><tspan class=\"name\">{Shortened.To(row.Name, 32)}</tspan><tspan class=\"small\" dx=\"8\">{row.Kind}</tspan></text>");
        html.Write($"<rect class=\"track\" x=\"0\" y=\"{y + BarTop:0}\" width=\"100%\" height=\"{BarHeight:0}\"/>");
        if (row.Ranges is null)
            html.Write($"<text class=\"small\" x=\"8\" y=\"{y + BarTop + 13:0}\">unknown: {Shortened.To(row.Unknown ?? "not read", 50)}</text>");
        foreach (var range in row.Ranges ?? [])
            Bar(html, coverage, range, y + BarTop, "held", null);
        foreach (var missing in row.Kind == "archive" ? row.Holes() : row.Missing)
            Bar(html, coverage, missing, y + BarTop, "gap", $"url(#{gap})");
        if (row.Ranges?.Count > 0 && row.Ranges.Min(r => r.First) < coverage.First)
            html.Write($"<path class=\"older\" d=\"M3 {y + BarTop + (BarHeight / 2):0} l8 -5 v10 z\"><title>older WAL too</title></path>");
        if (row.Position is { } position)
            html.Write($"<svg class=\"open\" x=\"{X(coverage, position.Value / (double)coverage.SegmentSize):0.##}%\" y=\"{y + BarTop + BarHeight:0}\"><path class=\"mark\" d=\"M0 0 l-6 9 h12 z\"><title>{row.Name} stands at {position}</title></path></svg>");
    }

    private static void Bar(HtmlWriter html, WalCoverage coverage, WalRange range, double y, string kind, string? fill)
    {
        if (range.Last < coverage.First || range.First > coverage.Last)
            return;
        var (from, to) = (X(coverage, Math.Max(range.First, coverage.First)), X(coverage, (double)Math.Min(range.Last, coverage.Last) + 1));
        html.Write($"<rect class=\"{kind}\" x=\"{from:0.##}%\" y=\"{y:0}\" width=\"{Math.Max(Least, to - from):0.##}%\" height=\"{BarHeight:0}\"{new HtmlFragment(fill is null ? "" : $" fill=\"{fill}\"")}><title>{(kind == "gap" ? "missing: " : "")}{Segment(coverage, range.Timeline, range.First)} .. {Segment(coverage, range.Timeline, range.Last)}</title></rect>");
    }

    // Per cent of the width.
    private static double X(WalCoverage coverage, double number) => 100 * Math.Clamp((number - coverage.First) / (coverage.Last - coverage.First + 1), 0, 1);

    private static string Description(WalCoverage coverage) => string.Join(" ", coverage.Rows.Select(r =>
    {
        var holds = r.Ranges is null ? $"{r.Name}: not known." : r.Ranges.Count == 0 ? $"{r.Name} holds none." : $"{r.Name} holds {Name(coverage, r.Ranges.Min(x => x.First))} to {Name(coverage, r.Ranges.Max(x => x.Last))}.";
        var gaps = (r.Kind == "archive" ? r.Holes() : r.Missing).ToList();
        return gaps.Count == 0 ? holds : $"{holds} {(r.Kind == "archive" ? "It lacks" : "It needs, and nobody gives it,")} {string.Join(", ", gaps.Select(g => $"{Name(coverage, g.First)} to {Name(coverage, g.Last)}"))}.";
    }));

    private static void Rows(HtmlWriter html, WalCoverage coverage)
    {
        using var table = new Table(html, "Where WAL is", "Place", "What", "Holds", "#Stands at", "Missing");
        foreach (var row in coverage.Rows)
            table.Row(row.Name, row.Kind, row.Ranges is null ? $"unknown: {row.Unknown}" : Text(coverage, row.Ranges), row.Kind == "archive" ? "" : row.Position,
                Gaps(coverage, [.. row.Kind == "archive" ? row.Holes() : row.Missing]));
    }

    private static object Gaps(WalCoverage coverage, IReadOnlyList<WalRange> gaps) => gaps.Count == 0 ? "" : Badge.BadText(Text(coverage, gaps));

    private static void Needs(HtmlWriter html, ClusterReport report)
    {
        using var table = new Table(html, "What each replica needs next", "Replica", "Status", "Recovers by itself", "Needed segment", "#Missing", "Why");
        foreach (var wal in report.Wal)
            table.Row(wal.Member, wal.Status, Badge.Of(wal.IsAvailable, wal.IsAvailable switch { true => "yes", false => "no", null => "unknown" }), wal.NeededSegment,
                wal.MissingBytes is { } bytes ? Words.Bytes(bytes) : "", wal.Reason);
    }

    private static string Text(WalCoverage coverage, IReadOnlyList<WalRange> ranges) =>
        ranges.Count == 0 ? "none" : string.Join(", ", ranges.Select(r => r.First == r.Last ? Segment(coverage, r.Timeline, r.First) : $"{Segment(coverage, r.Timeline, r.First)} .. {Segment(coverage, r.Timeline, r.Last)}"));

    private static string Segment(WalCoverage coverage, uint timeline, ulong number) => new WalSegment(timeline, number, coverage.SegmentSize).Name;

    private static string Name(WalCoverage coverage, ulong number) => new WalSegment(1, number, coverage.SegmentSize).Start.ToString();
}
