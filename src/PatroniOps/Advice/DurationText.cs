using System.Globalization;

namespace PatroniOps.Advice;

/// <summary>A duration as cmdlets take it: <c>90s</c>, <c>8h</c>.</summary>
internal static class DurationText
{
    public static string Argument(TimeSpan time)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds));
        var (number, unit) = seconds % 3600 == 0 ? (seconds / 3600, "h") : seconds % 60 == 0 ? (seconds / 60, "m") : (seconds, "s");
        return number.ToString(CultureInfo.InvariantCulture) + unit;
    }
}
