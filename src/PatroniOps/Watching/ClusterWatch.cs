using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Watching;

/// <summary>
/// Turns a series of looks at one cluster into events. What is worse is told at once; what is better only after it has lasted for the settling time,
/// and what could not be read is never better. No I/O, no clock: a recorded series gives the events that the live one gave.
/// </summary>
/// <param name="settle">How long something must stay away or better to be called so.</param>
/// <param name="thresholds">The limits of judgement.</param>
public sealed class ClusterWatch(TimeSpan settle, Thresholds thresholds)
{
    private readonly Dictionary<(string Id, string? Member, int Number), OpenFinding> open = [];
    private Verdict? verdict;
    private DateTimeOffset since;

    /// <summary>Takes the next look; looks come in the order of time.</summary>
    public ClusterLook See(ClusterSnapshot snapshot)
    {
        var judged = ClusterDiagnosis.Judge(snapshot, thresholds);
        return new ClusterLook(snapshot, judged, Events(judged, member => Unread.Of(snapshot, member)));
    }

    /// <summary>Takes a look that showed nothing at all: the cluster could not be connected to, or the look failed. It closes nothing.</summary>
    public ClusterLook See(string cluster, PatroniOpsException failure, DateTimeOffset at)
    {
        var finding = new Finding { Cluster = cluster, Id = "ClusterUnreachable", Severity = FindingSeverity.Unknown, Message = $"{cluster} could not be looked at.", Cause = failure.Message };
        var judged = new ClusterVerdict { Cluster = cluster, Verdict = Verdict.Unknown, Members = [], Findings = [finding], TakenAt = at };
        return new ClusterLook(null, judged, Events(judged, _ => null));
    }

    private List<ClusterEvent> Events(ClusterVerdict judged, Func<string?, HashSet<string>?> unreadOf)
    {
        var at = judged.TakenAt;
        var events = new List<ClusterEvent>();
        var seen = Numbered(judged.Findings);
        foreach (var (key, finding) in seen)
            events.AddRange(See(key, finding, judged, unreadOf(key.Member)));
        foreach (var (key, missed) in open.Where(o => !seen.ContainsKey(o.Key)).ToList())
            if (missed.Miss(at, IsForgotten(key.Member, judged) ? [] : unreadOf(key.Member)) is { } change)
            {
                events.Add(change);
                if (change.Kind == ClusterEventKind.Closed)
                    open.Remove(key);
            }
        if (VerdictEvent(judged) is { } own)
            events.Insert(0, own);
        return [.. events.Select(e => e.Id is null ? e : e with { Verdict = verdict!.Value })];
    }

    private IEnumerable<ClusterEvent> See((string Id, string? Member, int Number) key, Finding finding, ClusterVerdict judged, HashSet<string>? unread)
    {
        var makes = ClusterDiagnosis.VerdictOf(finding, judged.Members.FirstOrDefault(m => m.Member == finding.Member)?.State);
        if (open.TryGetValue(key, out var known))
            return known.See(finding, makes, judged.TakenAt, unread) is { } change ? [change] : [];
        open[key] = known = new OpenFinding(finding, makes, settle, judged.TakenAt, unread);
        return [known.Opened(judged.TakenAt)];
    }

    // A rule may say the same of several slots of a member: they are told apart by their order.
    private static Dictionary<(string Id, string? Member, int Number), Finding> Numbered(IReadOnlyList<Finding> findings) => findings
        .GroupBy(f => (f.Id, f.Member))
        .SelectMany(g => g.OrderBy(f => f.Message, StringComparer.Ordinal).Select((f, i) => KeyValuePair.Create((g.Key.Id, g.Key.Member, i), f)))
        .ToDictionary();

    // Taken out for good: nothing of it will be read again.
    private static bool IsForgotten(string? member, ClusterVerdict judged) => member is not null && judged.Members.Count > 0 && judged.Members.All(m => m.Member != member);

    private ClusterEvent? VerdictEvent(ClusterVerdict judged)
    {
        var now = open.Values.Select(o => o.Verdict).Append(judged.Members.Count == 0 ? Verdict.Unknown : Verdict.Healthy).Max();
        if (now == verdict)
            return null;
        var told = new ClusterEvent
        {
            ConnectionId = judged.ConnectionId,
            Cluster = judged.Cluster,
            At = judged.TakenAt,
            Kind = verdict is null ? ClusterEventKind.Began : now > verdict ? ClusterEventKind.Worsened : ClusterEventKind.Improved,
            Verdict = now,
            PreviousVerdict = verdict,
            Since = verdict is null ? null : since,
            Duration = verdict is null ? null : judged.TakenAt - since,
            Message = Sentence(judged.Cluster, now),
            NextCommand = judged.NextCommand,
        };
        (verdict, since) = (now, judged.TakenAt);
        return told;
    }

    private string Sentence(string cluster, Verdict now)
    {
        var because = open.Values.Where(o => o.Severity > FindingSeverity.Info).OrderByDescending(o => o.Severity).Select(o => o.Latest.Member is { } member ? $"{o.Latest.Id} of {member}" : o.Latest.Id).ToList();
        return because.Count == 0 ? $"{cluster} is {now}." : $"{cluster} is {now}: {string.Join(", ", because)}.";
    }
}
