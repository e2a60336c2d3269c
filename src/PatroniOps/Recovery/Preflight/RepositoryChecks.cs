using PatroniOps.Archives;
using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Preflight;

/// <summary>What must hold of a pgBackRest repository before a replica is made from it.</summary>
internal static class RepositoryChecks
{
    public static PreflightCheck HasBackup(Reading<PgBackRestRepository> repository) => repository.Value is not { } found
        ? new("the repository has a backup", null, repository.Reason ?? "not read")
        : new("the repository has a backup", found.Label is not null, found.Label is { } label ? $"{label} is the newest" : "it has none");

    // pgBackRest does not see a gap; a restore over one "succeeds" and comes back just as broken.
    public static PreflightCheck IsWhole(Reading<PgBackRestRepository> repository, ClusterSnapshot snapshot)
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
