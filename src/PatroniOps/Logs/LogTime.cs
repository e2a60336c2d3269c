using System.Globalization;
using System.Text.RegularExpressions;

namespace PatroniOps.Logs;

/// <summary>A time as a log writes it. Only an offset, UTC or GMT say which instant is meant; any other zone is not guessed.</summary>
/// <param name="Value">The instant, or the clock's reading taken as UTC when the zone is not known.</param>
/// <param name="IsExact">True when the zone is known.</param>
internal readonly partial record struct LogTime(DateTimeOffset Value, bool IsExact)
{
    private const int ClockLength = 19;

    /// <summary>The first time in a text, as the log has it, or null.</summary>
    public static string? Find(ReadOnlySpan<char> text)
    {
        foreach (var match in Shape().EnumerateMatches(text))
            return text.Slice(match.Index, match.Length).ToString();
        return null;
    }

    /// <param name="text">A time as <see cref="Find"/> finds it, perhaps with more around it.</param>
    /// <param name="offset">What the clock is ahead of UTC where the text does not say; null when nobody knows.</param>
    public static LogTime? Parse(ReadOnlySpan<char> text, TimeSpan? offset)
    {
        foreach (var match in Shape().EnumerateMatches(text))
            return Read(text.Slice(match.Index, match.Length), offset);
        return null;
    }

    private static LogTime? Read(ReadOnlySpan<char> text, TimeSpan? offset)
    {
        if (Clock(text[..ClockLength]) is not { } clock)
            return null;
        var rest = text[ClockLength..];
        if (rest is ['.' or ',', ..])
        {
            rest = rest[1..];
            for (var unit = TimeSpan.TicksPerSecond / 10; !rest.IsEmpty && char.IsAsciiDigit(rest[0]); rest = rest[1..], unit /= 10)
                clock = clock.AddTicks(unit * (rest[0] - '0'));
        }
        var known = ZoneOffset(rest.Trim()) ?? offset;
        return At(clock, known ?? TimeSpan.Zero) is { } value ? new LogTime(value, known is not null) : null;
    }

    private static DateTime? Clock(ReadOnlySpan<char> text)
    {
        int year = Number(text[..4]), month = Number(text[5..7]), day = Number(text[8..10]);
        int hour = Number(text[11..13]), minute = Number(text[14..16]), second = Number(text[17..19]);
        return year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            ? null
            : new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateTimeOffset? At(DateTime clock, TimeSpan offset)
    {
        var ticks = clock.Ticks - offset.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks || offset.Duration() > TimeSpan.FromHours(14) ? null : new DateTimeOffset(clock, offset);
    }

    private static TimeSpan? ZoneOffset(ReadOnlySpan<char> zone)
    {
        if (zone is "Z" or "UTC" or "GMT")
            return TimeSpan.Zero;
        if (zone.Length < 3 || zone[0] is not ('+' or '-'))
            return null;
        var minutes = zone.Length == 3 ? 0 : Number(zone[^2..]);
        var offset = new TimeSpan(Number(zone[1..3]), minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.,][0-9]{1,9})?(?: ?(?:Z\b|[+-][0-9]{2}(?::?[0-9]{2})?(?![0-9])|[A-Z]{2,6}\b))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
