using System.Buffers;
using System.Globalization;

namespace PatroniOps.Advice;

/// <summary>Values as Patroni and PostgreSQL write them: a number with or without a unit.</summary>
/// <remarks>Source: PostgreSQL, src/backend/utils/misc/guc.c (memory_unit_conversion_table, time_unit_conversion_table).</remarks>
internal static class SettingText
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("-0123456789.");

    /// <summary>Bytes; null when it is no size.</summary>
    /// <param name="text">Such as <c>128MB</c>, <c>8</c>, <c>-1</c>.</param>
    /// <param name="unit">Bytes that a number without unit counts.</param>
    public static double? Bytes(string? text, long unit) => Scaled(text, unit, name => name switch
    {
        "B" => 1,
        "kB" => 1L << 10,
        "MB" => 1L << 20,
        "GB" => 1L << 30,
        "TB" => 1L << 40,
        _ => null,
    });

    /// <summary>Milliseconds; null when it is no duration.</summary>
    /// <param name="text">Such as <c>30</c>, <c>30s</c>, <c>5min</c>.</param>
    /// <param name="unit">Milliseconds that a number without unit counts.</param>
    public static double? Milliseconds(string? text, double unit) => Scaled(text, unit, name => name switch
    {
        "us" => 0.001,
        "ms" => 1,
        "s" => 1000,
        "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => null,
    });

    /// <summary>As PostgreSQL reads it: whole megabytes.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20}MB");

    private static double? Scaled(string? text, double unit, Func<string, double?> scale)
    {
        if (text?.Trim() is not { Length: > 0 } trimmed)
            return null;
        var end = trimmed.AsSpan().IndexOfAnyExcept(NumberCharacters) is var found and >= 0 ? found : trimmed.Length;
        if (!double.TryParse(trimmed.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1e15)
            return null;
        var name = trimmed[end..].Trim();
        return name.Length == 0 ? number * unit : number * scale(name);
    }
}
