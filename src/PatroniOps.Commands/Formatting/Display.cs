using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PatroniOps.Commands;

/// <summary>
/// Values as the module's format views write them, for people: sizes, durations, instants, and words that mean something good or bad in colour.
/// The properties keep the raw values. Objects that have been through a file or another session are written in the same way.
/// </summary>
public static class Display
{
    private const string NotKnown = "unknown";

    /// <summary>A size: bytes up to 10 KiB as pg_size_pretty has it, then KiB, MiB, GiB or TiB.</summary>
    /// <param name="bytes">Bytes; negative sizes are differences.</param>
    /// <param name="none">What stands for a size that is not known.</param>
    public static string Bytes(long? bytes, string none = NotKnown)
    {
        if (bytes is not { } size)
            return none;
        var (amount, unit) = Math.Abs((double)size) switch
        {
            < 10 * 1024 => (size, "B"),
            < 1L << 20 => (size / 1024d, "KiB"),
            < 1L << 30 => (size / (double)(1L << 20), "MiB"),
            < 1L << 40 => (size / (double)(1L << 30), "GiB"),
            _ => (size / (double)(1L << 40), "TiB"),
        };
        return $"{amount.ToString(unit == "B" ? "0" : "0.0", CultureInfo.InvariantCulture)} {unit}";
    }

    /// <summary>A duration in the unit that suits it: s, min, h or days.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="none">What stands for a duration that is not known.</param>
    public static string Duration(TimeSpan? duration, string none = NotKnown) => duration switch
    {
        null => none,
        { TotalSeconds: < 120 } time => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 120 } time => $"{time.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} min",
        { TotalHours: < 48 } time => $"{time.TotalHours.ToString("0.0", CultureInfo.InvariantCulture)} h",
        { } time => $"{time.TotalDays.ToString("0.0", CultureInfo.InvariantCulture)} days",
    };

    /// <summary>An instant in UTC, to the second.</summary>
    /// <param name="instant">A DateTimeOffset; what Import-Clixml or a job makes of one is an object of its parts.</param>
    /// <param name="none">What stands for an instant that is not known.</param>
    public static string Instant(object? instant, string none = NotKnown) => Unwrapped(instant) switch
    {
        null => none,
        DateTimeOffset exact => exact.ToString("u", CultureInfo.InvariantCulture),
        DateTime exact => exact.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture),
        _ when PSObject.AsPSObject(instant).Properties["UtcDateTime"]?.Value is DateTime parsed => parsed.ToString("u", CultureInfo.InvariantCulture),
        { } other => $"{other}",
    };

    /// <summary>Yes or no, and what nobody knows as such: a Boolean of three values never looks like one of two.</summary>
    public static string Flag(bool? value, object? style) => Painted(value?.ToString() ?? NotKnown, value switch { true => Tone.Good, false => Tone.Bad, null => Tone.Doubtful }, style);

    /// <summary>A word for a state in the colour of what it means, in a terminal; without any where colours are not wanted.</summary>
    /// <param name="state">A status, verdict, outcome or severity.</param>
    /// <param name="style">$PSStyle.</param>
    public static string Status(object? state, object? style) => $"{state}" is { Length: > 0 } word ? Painted(word, StatusTones.Of(word), style) : "";

    /// <summary>The text, cut to a length that leaves the columns behind it their room.</summary>
    public static string Shortened(string? text, int length)
    {
        var line = (text ?? "").ReplaceLineEndings(" ");
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    /// <summary>What several objects are called, below what they are about: <c>b: x, y; c: z</c>.</summary>
    /// <param name="items">Objects of any kind.</param>
    /// <param name="group">The property that says what one is about; what is about nothing in particular stands alone.</param>
    /// <param name="name">The property that says what it is called.</param>
    public static string Grouped(IEnumerable? items, string group, string name) => string.Join("; ", (items ?? Array.Empty<object>()).Cast<object>()
        .GroupBy(item => $"{Part(item, group)}", item => $"{Part(item, name)}")
        .Select(g => $"{(g.Key.Length > 0 ? $"{g.Key}: " : "")}{string.Join(", ", g)}"));

    private static string Painted(string word, Tone? tone, object? style)
    {
        var colour = tone switch { Tone.Good => "Green", Tone.Doubtful => "Yellow", Tone.Bad => "Red", _ => null };
        return colour is not null && IsWanted(style) && Part(Part(style, "Foreground"), colour) is string escape ? $"{escape}{word}{Part(style, "Reset")}" : word;
    }

    // PowerShell takes colours off where it redirects output itself and where NO_COLOR is set, but not where a shell redirects that of the whole process.
    private static bool IsWanted(object? style) => !Console.IsOutputRedirected || $"{Part(style, "OutputRendering")}" == "Ansi";

    // PSStyle is not in the reference assembly: it came with PowerShell 7.2.
    private static object? Part(object? whole, string name) => whole is null ? null : Unwrapped(PSObject.AsPSObject(whole).Properties[name]?.Value);

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
