using PatroniOps.Observing;
using PatroniOps.Snapshots;

namespace PatroniOps.Reporting.Html;

/// <summary>The lag of a cluster's replicas over looks that came in any order. Keeps numbers alone, however large the snapshots are.</summary>
internal sealed class LagHistory
{
    private readonly Dictionary<string, List<LagPoint>> members = new(StringComparer.Ordinal);

    public IEnumerable<string> Members => members.Keys.Order(StringComparer.Ordinal);

    /// <summary>Adds a look. Time runs on also for a member that was not listed then.</summary>
    public void Add(ClusterSnapshot snapshot)
    {
        foreach (var member in PatroniMember.FromSnapshot(snapshot).Where(m => m.Upstream is not null || m.ReplayLagBytes is not null))
        {
            if (!members.TryGetValue(member.Member, out var points))
                members[member.Member] = points = [];
            points.Add(new LagPoint(snapshot.TakenAt, member.ReplayLagBytes is { } bytes ? Math.Max(0, bytes) : null));
        }
    }

    /// <summary>The points in their order, at most so many: of each stretch of time the worst, and unknown only where all of it was.</summary>
    public IReadOnlyList<LagPoint> Of(string member, int most)
    {
        var points = members.GetValueOrDefault(member, []).OrderBy(p => p.At).ToList();
        return points.Count <= most ? points : [.. points.Chunk((points.Count + most - 1) / most).Select(c => new LagPoint(c[0].At, c.Max(p => p.Bytes)))];
    }
}
