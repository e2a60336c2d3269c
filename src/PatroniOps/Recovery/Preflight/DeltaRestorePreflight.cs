using PatroniOps.Archives;
using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold before pgBackRest restores in place: pure, from a fresh snapshot, the node and the repository's catalogue.</summary>
public static class DeltaRestorePreflight
{
    /// <param name="member">The replica to restore.</param>
    /// <param name="node">What its node showed.</param>
    /// <param name="repository">What pgBackRest said on it.</param>
    /// <param name="snapshot">The cluster now.</param>
    public static IReadOnlyList<PreflightCheck> Check(string member, NodeFacts node, Reading<PgBackRestRepository> repository, ClusterSnapshot snapshot)
    {
        var target = snapshot.Members.FirstOrDefault(m => m.Name == member);
        return
        [
            MemberChecks.Known(member, target),
            MemberChecks.Follows(target, snapshot),
            LeaderChecks.LeaderRest(snapshot.Leader, snapshot),
            LeaderChecks.LeaderSql(snapshot.Leader, snapshot),
            LeaderChecks.LeaderIsAhead(snapshot.Leader, snapshot),
            MemberChecks.NotPaused(snapshot),
            NodeChecks.DataDirectory(node),
            NodeChecks.SameSystem(node, snapshot),
            NodeChecks.Programs(node, snapshot.Leader),
            NodeChecks.Service(node),
            HasBackup(repository),
            IsWhole(repository, snapshot),
        ];
    }

    private static PreflightCheck HasBackup(Reading<PgBackRestRepository> repository) => repository.Value is not { } found
        ? new("the repository has a backup", null, repository.Reason ?? "not read")
        : new("the repository has a backup", found.Label is not null, found.Label is { } label ? $"{label} is the newest" : "it has none");

    // pgBackRest does not see a gap; a restore over one "succeeds" and comes back just as broken.
    private static PreflightCheck IsWhole(Reading<PgBackRestRepository> repository, ClusterSnapshot snapshot)
    {
        const string name = "no WAL is missing since the backup";
        if (repository.Value is not { } found)
            return new(name, null, repository.Reason ?? "not read");
        var size = snapshot.WalSegmentSize;
        if (found.Start is null || !WalSegment.TryParse(found.Start, size, out var first))
            return new(name, null, "the backup's first segment is not known");
        if (snapshot.Leader is not { Timeline: { } timeline } leader || snapshot.History.Value is not { } switches || snapshot.LeaderLsnAfter is not { } tip)
            return new(name, null, "the leader's timeline, its history or its position was not read");
        var history = new TimelineHistory(timeline, switches);
        var needed = SegmentSet.Needed(first.Number, (tip.Value - 1) / (ulong)size, history, size);
        var missing = needed.Except(needed.Intersect(found.Ranges)).Except(needed.Intersect(TrustedWal.Of(leader, history, size) ?? []));
        return missing.First is { } gap
            ? new(name, false, $"neither the repository nor {leader.Name} has {new WalSegment(gap.Timeline, gap.Number, size).Name}")
            : new(name, true, $"the repository and {leader.Name} have all from {found.Start} on");
    }
}
