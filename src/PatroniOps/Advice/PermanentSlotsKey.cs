using PatroniOps.Patroni;

namespace PatroniOps.Advice;

/// <summary>The name under which the dynamic configuration has its permanent slots.</summary>
internal static class PermanentSlotsKey
{
    private static readonly string[] Names = ["slots", "permanent_replication_slots", "permanent_slots"];

    public static string Of(DynamicConfiguration configuration) =>
        Names.FirstOrDefault(name => Json.Property(configuration.Document, name) is { ValueKind: System.Text.Json.JsonValueKind.Object }) ?? Names[0];
}
