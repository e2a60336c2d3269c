using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>One look at a member that lacks WAL: what it needs and who has it. Pure.</summary>
internal sealed record WalRestoreView
{
    public required ClusterSnapshot Snapshot { get; init; }

    public required MemberSnapshot Target { get; init; }

    /// <summary>The judgement that Test-WalAvailability gives.</summary>
    public required WalAvailability Availability { get; init; }

    /// <summary>The node to stream from; null when it is not known.</summary>
    public MemberSnapshot? Upstream { get; init; }

    /// <summary>Null when positions or timelines are not known.</summary>
    public WalNeed? Need { get; init; }

    /// <summary>The needed segments that the upstream does not have, oldest first.</summary>
    public IReadOnlyList<WalSegment> Missing => Need is { IsUpstreamRead: true } need ? [.. need.NotUpstream.Segments(Snapshot.WalSegmentSize)] : [];

    /// <summary>The oldest needed segment that the upstream still has: the one to keep there.</summary>
    public WalSegment? FirstOnUpstream => Need is { IsUpstreamRead: true } need ? need.Needed.Except(need.NotUpstream).Segments(Snapshot.WalSegmentSize).Cast<WalSegment?>().FirstOrDefault() : null;

    /// <summary>The members besides the upstream that have any of what is needed, the one that has the most first.</summary>
    public IEnumerable<(MemberSnapshot Member, WalSource Source)> Holders =>
        from source in Availability.Sources
        where source is { Kind: WalSourceKind.Member, SegmentCount: > 0 }
        orderby source.SegmentCount descending
        select (Snapshot.Members.First(m => m.Name == source.Name), source);

    /// <summary>Null when the cluster does not know the member, or it is the leader.</summary>
    public static WalRestoreView? Of(string member, ClusterSnapshot snapshot)
    {
        if (snapshot.Members.FirstOrDefault(m => string.Equals(m.Name, member, StringComparison.OrdinalIgnoreCase)) is not { } target
            || WalAvailabilityJudge.Judge(snapshot).FirstOrDefault(r => r.Member == target.Name) is not { } availability)
            return null;
        var link = ReplicaLink.Of(target, snapshot);
        var known = target.Position is { } position && (snapshot.LeaderLsnAfter ?? snapshot.Leader?.Position) is { } leader && snapshot.Leader?.Timeline is { } timeline
            ? WalNeed.Of(link, position, leader, new TimelineHistory(timeline, snapshot.History.Value ?? []), snapshot)
            : null;
        return new WalRestoreView { Snapshot = snapshot, Target = target, Availability = availability, Upstream = link.Upstream, Need = known };
    }
}
