using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>Carries observations from one snapshot to the next. Pure.</summary>
public static class Observer
{
    // A series with a longer hole says nothing about what was the case in between.
    private static readonly TimeSpan LongestHole = TimeSpan.FromMinutes(20);

    private static readonly string[] RebuildStates = ["creating replica", "initializing new cluster", "running custom bootstrap script"];

    /// <summary>The snapshot with what was seen before it, and now, written into it.</summary>
    public static ClusterSnapshot Observe(ClusterSnapshot snapshot, Observations before)
    {
        var now = snapshot.TakenAt;
        if (before.LastAt is not { } last || now - last > LongestHole || now < last)
            before = new Observations { Members = [.. before.Members.Where(m => m.AheadAt is not null).Select(m => new MemberObservation { Name = m.Name, AheadAt = m.AheadAt })] };
        return snapshot with
        {
            Observed = new Observations
            {
                FirstAt = before.FirstAt ?? now,
                LastAt = now,
                PausedSince = snapshot.View.Value?.IsPaused == true ? before.PausedSince ?? now : null,
                NoLeaderSince = snapshot.View.IsKnown && snapshot.Leader is null ? before.NoLeaderSince ?? now : null,
                Members = [.. snapshot.Members.Select(m => Observe(m, before.Of(m.Name), snapshot))],
            },
        };
    }

    private static MemberObservation Observe(MemberSnapshot member, MemberObservation? before, ClusterSnapshot snapshot)
    {
        var now = snapshot.TakenAt;
        var link = ReplicaLink.Of(member, snapshot);
        var streaming = member.IsLeader ? true : ReplicationCheck.IsStreaming(link, snapshot);
        var replay = member.Postgres.State.Value?.ReplayLsn ?? member.Patroni.Value?.ReplayedLocation;
        var state = member.Patroni.Value?.State ?? member.Listed?.State;
        var slotsRead = link.Upstream?.Postgres.Slots.IsKnown == true;
        return new MemberObservation
        {
            Name = member.Name,
            NotStreamingSince = streaming == true ? null : before?.NotStreamingSince ?? (streaming == false ? now : null),
            Position = member.Position ?? before?.Position,
            PositionSince = member.Position is null || member.Position == before?.Position ? before?.PositionSince ?? now : now,
            ReplayPosition = replay ?? before?.ReplayPosition,
            ReplayPositionSince = replay is null || replay == before?.ReplayPosition ? before?.ReplayPositionSince ?? now : now,
            // Of a member that is not in its list Patroni drops the slot: it is missing from the return on.
            SlotMissingSince = member.IsAbsent ? null : !member.IsLeader && slotsRead ? link.Slot is null ? before?.SlotMissingSince ?? now : null : before?.SlotMissingSince,
            State = state,
            StateSince = state == before?.State ? before?.StateSince ?? now : now,
            AbsentSince = member.IsAbsent ? before?.AbsentSince ?? now : null,
            ReturnedAt = member.IsAbsent ? null : before?.AbsentSince is null ? before?.ReturnedAt : now,
            AheadAt = AheadAt(member, before, streaming, replay, snapshot),
        };
    }

    private static Lsn? AheadAt(MemberSnapshot member, MemberObservation? before, bool? streaming, Lsn? replay, ClusterSnapshot snapshot)
    {
        if (member.IsLeader)
            return null;
        var isAhead = member.Timeline is { } own && own == snapshot.Leader?.Timeline && snapshot.LeaderLsnAfter is { } leader && member.Position > leader;
        if (isAhead)
            return Lsn.Max(before?.AheadAt, member.Position);
        if (before?.AheadAt is not { } mark)
            return null;
        var isRebuilt = RebuildStates.Contains(member.Patroni.Value?.State);
        return isRebuilt || (streaming == true && replay > mark) ? null : mark;
    }
}
