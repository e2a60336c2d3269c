using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>The segments that a replica needs up to the leader's position, and which of them each place has.</summary>
internal sealed class WalNeed
{
    private readonly List<WalSource> sources = [];

    private WalNeed(SegmentSet needed) => Needed = NotUpstream = NotByItself = Nowhere = needed;

    public SegmentSet Needed { get; }

    /// <summary>What the upstream does not have; everything when it was not read.</summary>
    public SegmentSet NotUpstream { get; private set; }

    /// <summary>What neither the upstream nor an archive has: the replica cannot get it by itself.</summary>
    public SegmentSet NotByItself { get; private set; }

    /// <summary>What no place that was read has.</summary>
    public SegmentSet Nowhere { get; private set; }

    public bool IsUpstreamRead { get; private set; }

    /// <summary>Every archive that is known to exist was read.</summary>
    public bool AreArchivesRead { get; private set; } = true;

    public bool AreMembersRead { get; private set; } = true;

    public IReadOnlyList<WalSource> Sources => sources;

    /// <param name="link">The replica, its position known, and its upstream.</param>
    /// <param name="position">What it holds.</param>
    /// <param name="target">The leader's position.</param>
    /// <param name="history">The leader's line of descent.</param>
    /// <param name="snapshot">Where everything else is.</param>
    public static WalNeed Of(ReplicaLink link, Lsn position, Lsn target, TimelineHistory history, ClusterSnapshot snapshot)
    {
        var size = snapshot.WalSegmentSize;
        var first = WalSegment.Holding(position, 0, size).Number;
        var last = target.Value == 0 ? 0 : (target.Value - 1) / (ulong)size;
        var need = new WalNeed(SegmentSet.Needed(first, last, history, size));
        need.AddMembers(link, history, snapshot, size);
        need.AddArchives(snapshot, size);
        return need;
    }

    private void AddMembers(ReplicaLink link, TimelineHistory history, ClusterSnapshot snapshot, long size)
    {
        foreach (var member in snapshot.Members.Where(m => m != link.Replica))
        {
            var isUpstream = member == link.Upstream;
            var kind = isUpstream ? WalSourceKind.Upstream : WalSourceKind.Member;
            if (TrustedWal.Of(member, history, size) is not { } ranges)
            {
                AreMembersRead &= isUpstream;
                sources.Add(new WalSource(kind, member.Name, null, null, null, member.Postgres.Wal.Reason ?? "Its position or timeline was not read."));
                continue;
            }
            var has = Needed.Intersect([.. ranges, .. StillToCome(member, history, snapshot, size)]);
            sources.Add(Describe(kind, member.Name, has, size));
            Nowhere = Nowhere.Except(has);
            if (isUpstream)
            {
                IsUpstreamRead = true;
                NotUpstream = NotUpstream.Except(has);
                NotByItself = NotByItself.Except(has);
            }
        }
    }

    // The leader's position was read again after its listing: what it has written between the two was never removed.
    private static IEnumerable<WalRange> StillToCome(MemberSnapshot member, TimelineHistory history, ClusterSnapshot snapshot, long size)
    {
        if (member == snapshot.Leader && member is { Position: { } listed, Timeline: { } timeline } && timeline == history.Current && snapshot.LeaderLsnAfter is { } after && after >= listed)
            yield return new WalRange(timeline, WalSegment.Holding(listed, timeline, size).Number, WalSegment.Holding(after, timeline, size).Number);
    }

    private void AddArchives(ClusterSnapshot snapshot, long size)
    {
        foreach (var archive in snapshot.Archives)
        {
            if (archive.Ranges.Value is not { } ranges)
            {
                AreArchivesRead = false;
                sources.Add(new WalSource(WalSourceKind.Archive, archive.Location, null, null, null, archive.Ranges.Reason));
                continue;
            }
            var has = Needed.Intersect(ranges);
            sources.Add(Describe(WalSourceKind.Archive, archive.Location, has, size));
            Nowhere = Nowhere.Except(has);
            NotByItself = NotByItself.Except(has);
        }
        if (snapshot.Archives.Count == 0 && MayHaveArchive(snapshot))
        {
            AreArchivesRead = false;
            sources.Add(new WalSource(WalSourceKind.Archive, "archive", null, null, null,
                "The cluster archives its WAL, or may do so, but no archive was looked into. Connect with -ArchivePath."));
        }
    }

    // An archive is out of the question only when the leader says that it archives nothing.
    private static bool MayHaveArchive(ClusterSnapshot snapshot) => snapshot.Leader?.Postgres.Settings.Value?.IsArchiving != false;

    private static WalSource Describe(WalSourceKind kind, string name, SegmentSet has, long size) =>
        new(kind, name, NameOf(has.First, size), NameOf(has.Last, size), has.Count, null);

    internal static string? NameOf((uint Timeline, ulong Number)? segment, long size) =>
        segment is { } s ? new WalSegment(s.Timeline, s.Number, size).Name : null;
}
