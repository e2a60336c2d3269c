using PatroniOps.Diagnosis;
using PatroniOps.Observing;

namespace PatroniOps.Reporting.Terminal;

/// <summary>One cluster in lines of a terminal: topology with lag, WAL, slots, archiving, findings.</summary>
internal static class ClusterView
{
    private const int NameWidth = 22;

    public static IEnumerable<string> Lines(ViewedCluster cluster, int width)
    {
        yield return $"{Paint.Bold(cluster.Name)}  {Paint.Of(cluster.Verdict)}  {cluster.Look.Verdict.TakenAt:u}";
        foreach (var line in Topology(cluster).Concat(Wal(cluster, width)).Concat(Slots(cluster)).Concat(Archiving(cluster)))
            yield return line;
        foreach (var finding in cluster.Look.Verdict.Findings.Where(f => f.Severity > FindingSeverity.Info))
            yield return $"  {Paint.Of(finding.Severity)} {finding.Id}: {finding.Message}";
    }

    private static IEnumerable<string> Topology(ViewedCluster cluster)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in cluster.Members.Where(m => m.Upstream is null))
            foreach (var line in Branch(cluster, root, "  ", "  ", told))
                yield return line;
        // Those that follow each other in a circle, or somebody who is gone.
        foreach (var rest in cluster.Members.Where(m => !told.Contains(m.Member)))
            foreach (var line in Branch(cluster, rest, "  ", "  ", told))
                yield return line;
    }

    private static IEnumerable<string> Branch(ViewedCluster cluster, PatroniMember member, string lead, string below, HashSet<string> told)
    {
        if (!told.Add(member.Member))
            yield break;
        yield return $"{lead}{member.Member.PadRight(Math.Max(1, NameWidth - lead.Length + 2))} {Painted(member.Replication)} {(member.WriteLsn ?? member.ReplayLsn)?.ToString() ?? "unknown",-12} TL {member.Timeline?.ToString() ?? "?",-3} {Lag(cluster, member)}";
        var followers = cluster.Members.Where(m => m.Upstream == member.Member).ToList();
        for (var i = 0; i < followers.Count; i++)
        {
            var isLast = i == followers.Count - 1;
            foreach (var line in Branch(cluster, followers[i], below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "), told))
                yield return line;
        }
    }

    private static string Painted(ReplicationState state)
    {
        var word = state.ToString().PadRight(12);
        return state switch { ReplicationState.Primary or ReplicationState.Streaming => Paint.Green(word), ReplicationState.CatchingUp => Paint.Yellow(word), ReplicationState.Unknown => Paint.Violet(word), _ => Paint.Red(word) };
    }

    private static string Lag(ViewedCluster cluster, PatroniMember member) => member.Upstream is null
        ? ""
        : $"{(member.ReplayLagBytes is { } lag ? Words.Bytes(lag) : "lag unknown"),11} {Sparkline.Of(cluster.LagsOf(member.Member))}";

    private static IEnumerable<string> Wal(ViewedCluster cluster, int width)
    {
        if (cluster.Look.Snapshot is not { } snapshot || WalCoverage.Of(snapshot) is not { } coverage)
            yield break;
        var room = Math.Max(10, width - NameWidth - 4);
        foreach (var row in coverage.Rows)
            yield return $"  {Fitted(row.Name, NameWidth)} {WalLine.Of(coverage, row, room)}";
    }

    private static IEnumerable<string> Slots(ViewedCluster cluster)
    {
        if (cluster.Look.Snapshot is not { } snapshot)
            yield break;
        var slots = SlotComparison.Compare(snapshot).Select(s => $"{s.SlotName} on {s.Member} {s.Status}{(s.RetainedBytes is > 0 and var bytes ? $" retains {Words.Bytes(bytes)}" : "")}").ToList();
        if (slots.Count > 0)
            yield return "  Slots: " + string.Join(", ", slots);
    }

    private static IEnumerable<string> Archiving(ViewedCluster cluster) => cluster.Look.Snapshot is { Leader: { } leader } snapshot
        ? WalArchiveStatus.FromSnapshot(snapshot, null, new Thresholds()).Where(s => s.Member == leader.Name).Select(s => $"  Archiving: {s.State}. {s.Detail}")
        : [];

    private static string Fitted(string text, int width) => (text.Length <= width ? text : "…" + text[^(width - 1)..]).PadRight(width);
}
