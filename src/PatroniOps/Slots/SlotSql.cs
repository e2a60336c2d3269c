namespace PatroniOps.Slots;

/// <summary>The calls on slots. A name is always a parameter.</summary>
/// <remarks>Source: PostgreSQL, functions-admin.html, replication management functions.</remarks>
internal static class SlotSql
{
    // With WAL reserved at once, as Patroni makes it (patroni/postgresql/slots.py).
    public const string Create = "SELECT restart_lsn::text FROM pg_create_physical_replication_slot($1, true) c JOIN pg_replication_slots s USING (slot_name)";

    public const string Drop = "SELECT pg_drop_replication_slot($1)::text";

    /// <summary>The call as a person would type it, for a plan.</summary>
    public static string Text(SlotRepairAction action, string slot) => action switch
    {
        SlotRepairAction.Create => CreateText(slot),
        SlotRepairAction.Recreate => $"{DropText(slot)}; {CreateText(slot)}",
        _ => DropText(slot),
    };

    private static string CreateText(string slot) => $"SELECT pg_create_physical_replication_slot({Quote(slot)}, true)";

    private static string DropText(string slot) => $"SELECT pg_drop_replication_slot({Quote(slot)})";

    private static string Quote(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
