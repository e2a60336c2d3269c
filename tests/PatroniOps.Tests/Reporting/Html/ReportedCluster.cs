using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting.Html;

/// <summary>Made-up clusters for reports.</summary>
internal static class ReportedCluster
{
    /// <summary>Leader a and so many replicas: every fifth does not stream and needs WAL that is gone, every fourth streams from another.</summary>
    public static ClusterSnapshot WithReplicas(int count, string prefix = "replica-")
    {
        var snapshot = Cluster.Healthy();
        var names = Enumerable.Range(1, count).Select(i => $"{prefix}{i:00}").ToList();
        var replicas = names.Select((name, i) => Renamed(snapshot.Member("b"), name, i % 4 == 3 ? names[0] : null)).ToList();
        var cluster = snapshot with
        {
            Members = [snapshot.Member("a").Senders([.. names.Where((_, i) => i % 4 != 3).Select(n => Cluster.Sender(n))]).Slots([.. names.Where((_, i) => i % 4 != 3).Select(n => Cluster.Slot(SlotName.FromMember(n)))]), .. replicas],
            View = Reading.Of(snapshot.View.Value! with { Members = [snapshot.Member("a").Listed!, .. replicas.Select(r => r.Listed!)] }),
        };
        cluster = cluster.With(names[0], m => m.Senders([.. names.Where((_, i) => i % 4 == 3).Select(n => Cluster.Sender(n))]).Slots([.. names.Where((_, i) => i % 4 == 3).Select(n => Cluster.Slot(SlotName.FromMember(n)))]));
        return names.Where((_, i) => i % 5 == 4).Aggregate(cluster, (c, name) => c.Stuck(name, "0/2000000"));
    }

    /// <summary>The snapshot some seconds later, with the leader so many bytes ahead.</summary>
    public static ClusterSnapshot Later(this ClusterSnapshot snapshot, int seconds, long ahead)
    {
        var tip = new Lsn(Cluster.Tip.Value + (ulong)ahead);
        return snapshot.With("a", m => m.State(s => s with { CurrentLsn = tip })) with { TakenAt = snapshot.TakenAt.AddSeconds(seconds), LeaderLsnAfter = tip };
    }

    private static MemberSnapshot Renamed(MemberSnapshot member, string name, string? replicateFrom)
    {
        var tags = replicateFrom is null ? MemberTags.None : new MemberTags(new Dictionary<string, string> { ["replicatefrom"] = replicateFrom });
        return member with { Name = name, Listed = member.Listed! with { Name = name, Tags = tags }, Patroni = Reading.Of(member.Patroni.Value! with { Tags = tags }) };
    }
}
