using System.Globalization;

namespace PatroniOps.Diagnosis;

/// <summary>Sizes and times in sentences.</summary>
internal static class Words
{
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 120 } => $"{time.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} min",
        { TotalHours: < 48 } => $"{time.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h",
        _ => $"{time.TotalDays.ToString("0.#", CultureInfo.InvariantCulture)} days",
    };

    public static string Bytes(long bytes) => Math.Abs((double)bytes) switch
    {
        < 1 << 10 => $"{bytes} B",
        < 1 << 20 => $"{(bytes / 1024d).ToString("0.#", CultureInfo.InvariantCulture)} KiB",
        < 1 << 30 => $"{(bytes / 1048576d).ToString("0.#", CultureInfo.InvariantCulture)} MiB",
        _ => $"{(bytes / 1073741824d).ToString("0.#", CultureInfo.InvariantCulture)} GiB",
    };
}
