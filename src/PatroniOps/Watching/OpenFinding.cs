using PatroniOps.Diagnosis;

namespace PatroniOps.Watching;

/// <summary>A finding from the look that first showed it until it has stayed away.</summary>
internal sealed class OpenFinding
{
    /// <summary>The level of one that is not there.</summary>
    private const int Gone = -1;

    private readonly WatchLevel severity;
    private readonly WatchLevel verdict;

    // Null: nothing could be read, and whatever could be later is more.
    private HashSet<string>? unread;

    public OpenFinding(Finding finding, Verdict makes, TimeSpan settle, DateTimeOffset at, HashSet<string>? unread)
    {
        severity = new WatchLevel(settle, (int)finding.Severity, at);
        verdict = new WatchLevel(settle, (int)makes, at);
        this.unread = unread;
        Latest = finding;
        OpenedAt = at;
    }

    /// <summary>As it was last seen.</summary>
    public Finding Latest { get; private set; }

    public DateTimeOffset OpenedAt { get; }

    public FindingSeverity Severity => (FindingSeverity)severity.Level;

    /// <summary>What it makes of the cluster's verdict.</summary>
    public Verdict Verdict => (Verdict)verdict.Level;

    /// <summary>It is there.</summary>
    public ClusterEvent? See(Finding finding, Verdict makes, DateTimeOffset at, HashSet<string>? unreadNow)
    {
        (Latest, unread) = (finding, unreadNow);
        verdict.See((int)makes, at, canFall: true);
        return severity.See((int)finding.Severity, at, canFall: true) is { } change ? Event(change.To > change.From ? ClusterEventKind.Worsened : ClusterEventKind.Improved, change, at) : null;
    }

    /// <summary>It is not there.</summary>
    public ClusterEvent? Miss(DateTimeOffset at, HashSet<string>? unreadNow)
    {
        var canTell = unreadNow is not null && (unread is null || unreadNow.IsSubsetOf(unread));
        return severity.See(Gone, at, canTell) is { } change ? Event(change.To == Gone ? ClusterEventKind.Closed : ClusterEventKind.Improved, change, at) : null;
    }

    public ClusterEvent Opened(DateTimeOffset at) => Event(ClusterEventKind.Opened, at) with { Severity = Severity, Since = at };

    private ClusterEvent Event(ClusterEventKind kind, WatchLevelChange change, DateTimeOffset at)
    {
        var isClosed = kind == ClusterEventKind.Closed;
        var lasted = isClosed ? change.At - OpenedAt : change.Duration;
        return Event(kind, at) with
        {
            Severity = isClosed ? (FindingSeverity)change.From : Severity,
            PreviousSeverity = (FindingSeverity)change.From,
            Since = OpenedAt,
            Duration = lasted,
            Flaps = change.Flaps,
            Message = isClosed ? $"Gone after {Words.Duration(lasted)}: {Latest.Message}" : Latest.Message,
            NextCommand = isClosed ? null : Latest.NextCommand,
        };
    }

    private ClusterEvent Event(ClusterEventKind kind, DateTimeOffset at) => new()
    {
        ConnectionId = Latest.ConnectionId,
        Cluster = Latest.Cluster,
        At = at,
        Kind = kind,
        Id = Latest.Id,
        Member = Latest.Member,
        Verdict = Verdict,
        Message = Latest.Message,
        Cause = Latest.Cause,
        NextCommand = Latest.NextCommand,
        Evidence = Latest.Evidence,
    };
}
