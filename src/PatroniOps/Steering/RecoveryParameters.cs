namespace PatroniOps.Steering;

/// <summary>PostgreSQL's parameters that only a standby has in force: Patroni leaves them out of a primary's configuration.</summary>
/// <remarks>Source: Patroni, patroni/postgresql/config.py, recovery_parameters.</remarks>
internal static class RecoveryParameters
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "archive_cleanup_command", "primary_conninfo", "primary_slot_name", "promote_trigger_file", "recovery_end_command", "recovery_min_apply_delay", "recovery_target",
        "recovery_target_action", "recovery_target_inclusive", "recovery_target_lsn", "recovery_target_name", "recovery_target_time", "recovery_target_timeline",
        "recovery_target_xid", "restore_command",
    };

    /// <summary>What of the wanted parameters a member must show.</summary>
    /// <param name="wanted">Parameters and values.</param>
    /// <param name="isPrimary">The member takes writes.</param>
    public static IReadOnlyDictionary<string, string> In(IReadOnlyDictionary<string, string> wanted, bool isPrimary) =>
        isPrimary ? wanted.Where(w => !Names.Contains(w.Key)).ToDictionary(w => w.Key, w => w.Value) : wanted;
}
