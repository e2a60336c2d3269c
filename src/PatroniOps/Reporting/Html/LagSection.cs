using PatroniOps.Diagnosis;

namespace PatroniOps.Reporting.Html;

/// <summary>Lag over time, a small picture a replica; where it was not known the line is broken.</summary>
internal static class LagSection
{
    private const int MostPoints = 400;
    private const double Width = 420;
    private const double Height = 120;
    private const double Left = 74;
    private const double Bottom = 22;

    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Line("<h3>Lag over time</h3>");
        var members = report.Lag.Members.Select(m => (Name: m, Points: report.Lag.Of(m, MostPoints))).Where(m => m.Points.Count > 1 && m.Points[^1].At > m.Points[0].At).ToList();
        if (members.Count == 0)
        {
            html.Write($"<p>Unknown: one look tells no course. Record with {Command.Of("Watch-PatroniCluster -Record")} and give the recording.</p>");
            return;
        }
        html.Line("<div class=\"charts\">");
        for (var i = 0; i < members.Count; i++)
            Chart(html, report.Id($"lag{i}"), members[i].Name, members[i].Points);
        html.Line("</div>");
        using var table = new Table(html, "Replay lag", "Replica", "#Least", "#Median", "#Most", "#Latest", "#Looks", "#Not known");
        foreach (var (name, points) in members)
        {
            var known = points.Select(p => p.Bytes).OfType<long>().Order().ToList();
            table.Row(name, Bytes(known, 0), Bytes(known, known.Count / 2), Bytes(known, known.Count - 1), points[^1].Bytes is { } latest ? Words.Bytes(latest) : null, points.Count, points.Count - known.Count);
        }
    }

    private static string? Bytes(List<long> known, int index) => known.Count == 0 ? null : Words.Bytes(known[index]);

    private static void Chart(HtmlWriter html, string id, string name, IReadOnlyList<LagPoint> points)
    {
        // A replica whose lag was never known has a picture without a line, and no number.
        var highest = points.Max(p => p.Bytes);
        var most = Math.Max(1, highest ?? 1);
        var text = highest is { } bytes ? Words.Bytes(bytes) : "unknown";
        var (from, to) = (points[0].At, points[^1].At);
        double X(DateTimeOffset at) => Left + ((Width - Left - 12) * ((at - from) / (to - from)));
        double Y(long bytes) => 14 + ((Height - 14 - Bottom) * (1 - (bytes / (double)most)));
        using var figure = new Figure(html, id, $"Lag of {name}", $"Replay lag of {name} from {from:u} to {to:u}: at most {text}, at last {(points[^1].Bytes is { } last ? Words.Bytes(last) : "unknown")}.", Width, Height, name);
        html.Write($"<line class=\"axis\" x1=\"{Left:0}\" x2=\"{Width - 12:0}\" y1=\"{Height - Bottom:0}\" y2=\"{Height - Bottom:0}\"/><line class=\"axis\" x1=\"{Left:0}\" x2=\"{Left:0}\" y1=\"14\" y2=\"{Height - Bottom:0}\"/>");
        html.Write($"<text class=\"small\" x=\"{Left - 6:0}\" y=\"20\" text-anchor=\"end\">{text}</text><text class=\"small\" x=\"{Left - 6:0}\" y=\"{Height - Bottom:0}\" text-anchor=\"end\">0</text>");
        html.Write($"<text class=\"small\" x=\"{Left:0}\" y=\"{Height - 5:0}\">{from:MM-dd HH:mm:ss}</text><text class=\"small\" x=\"{Width - 12:0}\" y=\"{Height - 5:0}\" text-anchor=\"end\">{to:MM-dd HH:mm:ss}</text>");
        foreach (var alone in Runs(points).Where(r => r.Count == 1).Select(r => r[0]))
            html.Write($"<circle class=\"point\" cx=\"{X(alone.At):0.#}\" cy=\"{Y(alone.Bytes!.Value):0.#}\" r=\"2.5\"/>");
        foreach (var run in Runs(points).Where(r => r.Count > 1))
            html.Write($"<polyline class=\"lag\" points=\"{string.Join(' ', run.Select(p => FormattableString.Invariant($"{X(p.At):0.#},{Y(p.Bytes!.Value):0.#}")))}\"/>");
    }

    // What was known without a break.
    private static IEnumerable<List<LagPoint>> Runs(IReadOnlyList<LagPoint> points)
    {
        var run = new List<LagPoint>();
        foreach (var point in points)
        {
            if (point.Bytes is not null)
                run.Add(point);
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0)
            yield return run;
    }
}
