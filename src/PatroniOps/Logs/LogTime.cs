using System.Globalization;
using System.Text.RegularExpressions;

namespace PatroniOps.Logs;

/// <summary>A time as a log writes it. Only an offset, UTC or GMT say which instant is meant; any other zone is not guessed.</summary>
/// <param name="Value">The instant, or the clock's reading taken as UTC when the zone is not known.</param>
/// <param name="IsExact">True when the zone is known.</param>
internal readonly record struct LogTime(DateTimeOffset Value, bool IsExact)
{
    private static readonly Regex Shape = new(
        @"(?<clock>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)(?:[.,](?<fraction>\d{1,7})\d*)?(?: ?(?<zone>Z\b|[+-]\d\d(?::?\d\d)?(?!\d)|[A-Z]{2,6}\b))?",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The first time in a text, as the log has it, or null.</summary>
    public static string? Find(string text)
    {
        var match = Shape.Match(text);
        return match.Success ? match.Value : null;
    }

    /// <param name="text">What <see cref="Find"/> found.</param>
    /// <param name="offset">What the clock is ahead of UTC where the text does not say; null when nobody knows.</param>
    public static LogTime? Parse(string? text, TimeSpan? offset)
    {
        if (text is null || Shape.Match(text) is not { Success: true } match
            || !DateTime.TryParseExact(match.Groups["clock"].Value.Replace('T', ' '), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
            return null;
        var fraction = match.Groups["fraction"].Value.PadRight(7, '0');
        clock = clock.AddTicks(long.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture));
        var known = ZoneOffset(match.Groups["zone"].Value) ?? offset;
        return At(clock, known ?? TimeSpan.Zero) is { } value ? new LogTime(value, known is not null) : null;
    }

    private static DateTimeOffset? At(DateTime clock, TimeSpan offset)
    {
        var ticks = clock.Ticks - offset.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks || offset.Duration() > TimeSpan.FromHours(14) ? null : new DateTimeOffset(clock, offset);
    }

    private static TimeSpan? ZoneOffset(string zone)
    {
        if (zone is "Z" or "UTC" or "GMT")
            return TimeSpan.Zero;
        if (zone.Length < 3 || zone[0] is not ('+' or '-'))
            return null;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var number = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        var offset = new TimeSpan(number / 100, number % 100, 0);
        return zone[0] == '-' ? -offset : offset;
    }
}
