namespace PatroniOps.Logs;

/// <summary>Everything that is recognised by its words.</summary>
internal static class LogRules
{
    /// <summary>The rules of PostgreSQL, the more telling before those that only name what failed.</summary>
    public static IReadOnlyList<LogRule> Postgres { get; } = [.. PostgresLogRules.Replication, .. PostgresLogRules.Wal, .. PostgresLogRules.Server];

    /// <summary>The rules of Patroni, which also passes on what PostgreSQL told it.</summary>
    public static IReadOnlyList<LogRule> Patroni { get; } =
        [.. PatroniLogRules.Slots, .. PatroniLogRules.Leadership, .. PatroniLogRules.Data, .. PostgresLogRules.Replication];

    /// <summary>What to search a file for.</summary>
    public static IEnumerable<string> Anchors => Postgres.Concat(Patroni).Select(r => r.Anchor).Concat(SqlStateRules.Anchors).Distinct(StringComparer.Ordinal);
}
