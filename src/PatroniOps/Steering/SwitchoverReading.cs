using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>How far a change of leader has come, from a snapshot before the call and one after it. Pure.</summary>
internal sealed record SwitchoverReading
{
    /// <summary>The new leader once its PostgreSQL takes writes on a newer timeline; null before.</summary>
    public MemberSnapshot? NewLeader { get; init; }

    public required IReadOnlyList<string> Following { get; init; }

    public required IReadOnlyList<UnseenMember> NotFollowing { get; init; }

    /// <summary>For a person.</summary>
    public required string Phase { get; init; }

    public bool IsDone => NewLeader is not null && NotFollowing.Count == 0;

    public static SwitchoverReading Of(ClusterSnapshot before, ClusterSnapshot now)
    {
        var leader = NewLeaderOf(before, now);
        var followers = before.Members.Where(m => m.Name != leader?.Name && ShouldFollow(m, before)).Select(m => m.Name).ToList();
        var seen = followers.Select(name => (Name: name, Reason: leader is null ? "there is no new leader yet" : WhyNot(name, now))).ToList();
        var reading = new SwitchoverReading
        {
            NewLeader = leader,
            Following = [.. seen.Where(s => s.Reason is null).Select(s => s.Name)],
            NotFollowing = [.. seen.Where(s => s.Reason is not null).Select(s => new UnseenMember(s.Name, s.Reason!))],
            Phase = "",
        };
        return reading with { Phase = PhaseOf(reading, now) };
    }

    // Taken from PostgreSQL itself: Patroni names a leader before it is promoted.
    private static MemberSnapshot? NewLeaderOf(ClusterSnapshot before, ClusterSnapshot now) =>
        now.Leader is { } leader && leader.Name != before.Leader?.Name && (Writes(leader, before) || LeadsStandbys(leader)) ? leader : null;

    private static bool Writes(MemberSnapshot leader, ClusterSnapshot before) => leader.Postgres.State.Value is { IsInRecovery: false, CurrentTimeline: { } timeline }
        && timeline > (before.Leader?.Timeline ?? before.Members.Max(m => m.Timeline) ?? 0);

    // The leader of a standby cluster stays in recovery, on the timeline of the cluster that it follows.
    private static bool LeadsStandbys(MemberSnapshot leader) =>
        leader is { Listed.Role: "standby_leader", Patroni.Value: { Role: "standby_leader", State: "running" }, Postgres.State.Value.IsInRecovery: true };

    // Who streamed, and the old leader where its PostgreSQL was alive. Who was away before is no measure of the change.
    private static bool ShouldFollow(MemberSnapshot member, ClusterSnapshot before) => member.Listed is not null && !member.Tags.NoStream && member.Postgres.State.IsKnown
        && (member.IsLeader || ReplicationCheck.IsStreaming(ReplicaLink.Of(member, before), before) != false);

    private static string? WhyNot(string name, ClusterSnapshot now)
    {
        var member = now.Members.FirstOrDefault(m => m.Name == name);
        if (member is null || !member.Postgres.State.IsKnown)
            return member?.Postgres.State.Reason ?? "not known any more";
        if (member.Postgres.State.Value!.IsInRecovery == false)
            return "its PostgreSQL takes writes";
        if (ReplicationCheck.IsStreaming(ReplicaLink.Of(member, now), now) != true)
            return $"{member.Patroni.Value?.State ?? "Patroni does not answer"}, not streaming";
        // PostgreSQL streams before Patroni has noticed that it is up.
        return member.Patroni.Value is not { } status ? member.Patroni.Reason : status.State == "running" ? null : $"streaming, but {status.State} to Patroni";
    }

    private static string PhaseOf(SwitchoverReading reading, ClusterSnapshot now) => reading.NewLeader is not { } leader
        ? now.Leader is { } listed ? $"{listed.Name} is listed as leader" : "no leader"
        : reading.NotFollowing.Count == 0 ? $"{leader.Name} takes writes on timeline {leader.Timeline}, all follow it"
        : $"{leader.Name} takes writes on timeline {leader.Timeline}; waiting for {string.Join(", ", reading.NotFollowing.Select(f => f.Member))}";
}
