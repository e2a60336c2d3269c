namespace PatroniOps.Patroni;

/// <summary>A member as far as the rules for slots look at it.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="IsLeader">Leader or standby leader.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="IsAbsent">Known from before, no longer in /cluster.</param>
public sealed record SlotTopologyMember(string Name, bool IsLeader, MemberTags Tags, bool IsAbsent = false);

/// <summary>What decides which slots a node should have.</summary>
/// <param name="Members">All members, absent ones included.</param>
/// <param name="Configuration">The dynamic configuration.</param>
/// <param name="PostgresVersion">PostgreSQL's version number (150018), the lowest in the cluster; null when it is not known.</param>
public sealed record SlotTopology(IReadOnlyList<SlotTopologyMember> Members, DynamicConfiguration Configuration, int? PostgresVersion);
