namespace PatroniOps.Postgres;

/// <summary>The end of one timeline and the beginning of the next.</summary>
/// <param name="Timeline">The timeline that ended.</param>
/// <param name="Position">Where it ended: the first byte that belongs to its successor.</param>
/// <param name="Reason">PostgreSQL's text, such as <c>no recovery target specified</c>.</param>
/// <param name="At">When, where the source says so.</param>
/// <param name="NewLeader">The member that became leader, where Patroni recorded it.</param>
public sealed record TimelineSwitch(uint Timeline, Lsn Position, string? Reason, DateTimeOffset? At, string? NewLeader);
