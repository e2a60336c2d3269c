using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>A row of pg_settings.</summary>
/// <param name="Value">In the setting's own unit.</param>
/// <param name="Unit"><c>MB</c>, <c>8kB</c>, <c>ms</c>, ...; null without one.</param>
/// <param name="Type"><c>bool</c>, <c>integer</c>, <c>real</c>, <c>string</c>, <c>enum</c>.</param>
/// <param name="NeedsRestart">Only a start of the server changes it.</param>
/// <remarks>Source: PostgreSQL, src/backend/utils/misc/guc.c (memory_unit_conversion_table, time_unit_conversion_table).</remarks>
public sealed record SettingRow(string Value, string? Unit, string? Type, bool NeedsRestart)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("-+0123456789.");

    /// <summary>The query for settings by name; names are data, and quoted.</summary>
    internal static string Sql(IEnumerable<string> names) =>
        $$"""
        SELECT coalesce(jsonb_object_agg(name, jsonb_build_object('value', setting, 'unit', unit, 'type', vartype, 'context', context)), '{}')::text
        FROM pg_settings WHERE name IN ({{string.Join(", ", names.Select(n => $"'{n.Replace("'", "''", StringComparison.Ordinal)}'"))}})
        """;

    internal static IReadOnlyDictionary<string, SettingRow> Parse(JsonElement rows)
    {
        var result = new Dictionary<string, SettingRow>(StringComparer.Ordinal);
        foreach (var row in rows.EnumerateObject())
            if (Json.Text(row.Value, "value") is { } value)
                result[row.Name] = new SettingRow(value, Json.Text(row.Value, "unit"), Json.Text(row.Value, "type"), Json.Text(row.Value, "context") == "postmaster");
        return result;
    }

    /// <summary>Whether a value as people write it (<c>2GB</c>, <c>30s</c>, <c>yes</c>) is the one in force.</summary>
    public bool IsSame(string wanted) => wanted == Value || Type switch
    {
        "bool" => Flag(wanted) is { } flag && flag == Flag(Value),
        // PostgreSQL rounds to the setting's own unit.
        "integer" => Scaled(wanted) is { } number && Number(Value) is { } own && Math.Abs(number - own) <= 0.5,
        "real" => Scaled(wanted) is { } number && Number(Value) is { } own && Math.Abs(number - own) <= 1e-6 * Math.Abs(own),
        "enum" => string.Equals(wanted, Value, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    // In the setting's own unit.
    private double? Scaled(string wanted)
    {
        var text = wanted.Trim();
        var end = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        if (Number(end < 0 ? text : text[..end]) is not { } number)
            return null;
        var own = Unit is null ? 1 : Factor(Unit);
        return end < 0 ? number : Factor(text[end..].Trim()) is { } factor && own is { } divisor ? number * factor / divisor : null;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Bytes or milliseconds; the unit itself may count: 8kB.
    private static double? Factor(string unit)
    {
        var name = unit.TrimStart("0123456789".ToCharArray());
        var count = name.Length == unit.Length ? 1 : double.Parse(unit[..^name.Length], CultureInfo.InvariantCulture);
        return name switch
        {
            "B" => count,
            "kB" => count * (1L << 10),
            "MB" => count * (1L << 20),
            "GB" => count * (1L << 30),
            "TB" => count * (1L << 40),
            "us" => count / 1000,
            "ms" => count,
            "s" => count * 1000,
            "min" => count * 60_000,
            "h" => count * 3_600_000,
            "d" => count * 86_400_000,
            _ => null,
        };
    }

    private static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "on" or "true" or "yes" or "1" => true,
        "off" or "false" or "no" or "0" => false,
        _ => null,
    };
}
