using PatroniOps.Diagnosis;
using PatroniOps.Observing;

namespace PatroniOps.Reporting.Html;

/// <summary>Who streams from whom, as a graph from left to right, and the same as a table.</summary>
internal static class TopologySection
{
    private const double BoxWidth = 175;
    private const double BoxHeight = 52;
    private const double ColumnGap = 90;
    private const double RowGap = 14;

    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Line("<h3>Topology</h3>");
        if (report.Members.Count == 0)
        {
            html.Line("<p>No member is known.</p>");
            return;
        }
        Graph(html, report);
        using var table = new Table(html, "Members", "Member", "Role", "State by Patroni", "Replication", "#TL", "#Position", "#Behind", "Upstream");
        foreach (var member in report.Members)
            table.Row(member.Member, member.Role ?? "absent", member.State, Badge.Of(member.Replication), member.Timeline, member.WriteLsn ?? member.ReplayLsn,
                member.Upstream is null ? "" : member.ReplayLagBytes is { } lag ? Words.Bytes(lag) : null, member.Upstream ?? "");
    }

    private static void Graph(HtmlWriter html, ClusterReport report)
    {
        var columns = Columns(report.Members);
        var rows = columns.Max(c => c.Count);
        var places = new Dictionary<string, (double X, double Y)>(StringComparer.Ordinal);
        var height = (rows * (BoxHeight + RowGap)) + RowGap;
        for (var x = 0; x < columns.Count; x++)
            for (var y = 0; y < columns[x].Count; y++)
                places[columns[x][y].Member] = (10 + (x * (BoxWidth + ColumnGap)), (height / 2) + ((y - (columns[x].Count / 2.0)) * (BoxHeight + RowGap)) + (RowGap / 2));
        var width = (columns.Count * BoxWidth) + ((columns.Count - 1) * ColumnGap) + 20;
        using var figure = new Figure(html, report.Id("topology"), $"Topology of {report.Snapshot.Cluster}", string.Join("; ", report.Members.Select(Sentence)), width, height,
            "A solid arrow streams, a broken red one does not, a dotted one is not known.");
        var fed = report.Members.Where(m => m.Upstream is not null && places.ContainsKey(m.Upstream)).ToList();
        foreach (var member in fed)
            Arrow(html, member, places[member.Upstream!], places[member.Member]);
        // On top of all arrows.
        foreach (var member in fed.Where(m => m.ReplayLagBytes is not null))
            html.Write($"<text class=\"small lifted\" x=\"{places[member.Member].X - 12:0.#}\" y=\"{places[member.Member].Y + (BoxHeight / 2) - 8:0.#}\" text-anchor=\"end\">{Words.Bytes(member.ReplayLagBytes!.Value)}</text>");
        foreach (var member in report.Members)
            Box(html, member, report.Verdict.Members.FirstOrDefault(m => m.Member == member.Member)?.Verdict ?? Verdict.Unknown, places[member.Member]);
    }

    // What has no upstream comes first; a circle of replicatefrom tags is broken where it was entered.
    private static List<List<PatroniMember>> Columns(IReadOnlyList<PatroniMember> members)
    {
        var depth = members.ToDictionary(m => m.Member, m => Depth(m, members), StringComparer.Ordinal);
        return [.. members.GroupBy(m => depth[m.Member]).OrderBy(g => g.Key).Select(g => g.ToList())];
    }

    private static int Depth(PatroniMember member, IReadOnlyList<PatroniMember> members)
    {
        var depth = 0;
        for (var at = member; at?.Upstream is { } upstream && depth < members.Count; depth++)
            at = members.FirstOrDefault(m => m.Member == upstream);
        return depth;
    }

    private static string Sentence(PatroniMember member) => member.Upstream is null
        ? $"{member.Member} is {member.Role ?? "absent"}"
        : $"{member.Member} {(member.Replication == ReplicationState.Streaming ? "streams from" : member.Replication == ReplicationState.Unknown ? "is not known to stream from" : "does not stream from")} {member.Upstream}";

    private static void Arrow(HtmlWriter html, PatroniMember member, (double X, double Y) from, (double X, double Y) to)
    {
        var kind = member.Replication switch { ReplicationState.Streaming => "good", ReplicationState.CatchingUp => "warn", ReplicationState.Unknown => "unknown", _ => "bad" };
        var (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + (BoxHeight / 2), to.X, to.Y + (BoxHeight / 2));
        var middle = (x1 + x2) / 2;
        html.Write($"<path class=\"edge {kind}\" d=\"M{x1:0.#} {y1:0.#} C{middle:0.#} {y1:0.#} {middle:0.#} {y2:0.#} {x2 - 8:0.#} {y2:0.#}\"/><path class=\"head {kind}\" d=\"M{x2:0.#} {y2:0.#} l-9 -5 v10 z\"/>");
    }

    private static void Box(HtmlWriter html, PatroniMember member, Verdict verdict, (double X, double Y) at)
    {
        var kind = verdict switch { Verdict.Healthy => "good", Verdict.Degraded => "warn", Verdict.Unknown => "unknown", _ => "bad" };
        html.Write($"<g class=\"box {kind}\"><title>{member.Member}: {verdict}</title><rect x=\"{at.X:0.#}\" y=\"{at.Y:0.#}\" width=\"{BoxWidth:0}\" height=\"{BoxHeight:0}\" rx=\"6\"/>");
        html.Write($"<text class=\"name\" x=\"{at.X + 10:0.#}\" y=\"{at.Y + 21:0.#}\">{Shortened.To(member.Member, 20)}</text><text class=\"small\" x=\"{at.X + 10:0.#}\" y=\"{at.Y + 40:0.#}\">{member.Role ?? "absent"}, {verdict}</text></g>");
    }
}
