using System.Text.Json;

namespace PatroniOps.Patroni;

/// <summary>A slot that the dynamic configuration wants to exist always.</summary>
/// <param name="Name">As written; a name that PostgreSQL does not accept is skipped by Patroni.</param>
/// <param name="IsLogical">Explicit, or implied by database and plugin.</param>
/// <param name="Database">Of a logical slot.</param>
/// <param name="Plugin">Of a logical slot.</param>
/// <param name="ClusterType"><c>primary</c> or <c>standby</c> restricts it (4.1 and later).</param>
public sealed record PermanentSlot(string Name, bool IsLogical, string? Database, string? Plugin, string? ClusterType)
{
    internal static PermanentSlot Parse(string name, JsonElement value)
    {
        var database = Json.Text(value, "database");
        var plugin = Json.Text(value, "plugin");
        var isLogical = Json.Text(value, "type") is { } type ? type == "logical" : database is not null && plugin is not null;
        return new PermanentSlot(name, isLogical, database, plugin, Json.Text(value, "cluster_type"));
    }
}
