using System.Globalization;

namespace PatroniOps.Host.Console;

/// <summary>How many columns a table may take.</summary>
internal static class ScreenWidth
{
    // Wide enough that a file or a pipe loses nothing to the edge of a screen it does not have.
    private const int WithoutScreen = 200;
    private const int Narrowest = 40;

    public static int Columns { get; } = Math.Max(Narrowest, Measure());

    private static int Measure()
    {
        if (!System.Console.IsOutputRedirected && System.Console.WindowWidth > 0)
            return System.Console.WindowWidth;
        var columns = Environment.GetEnvironmentVariable("COLUMNS");
        return int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? width : WithoutScreen;
    }
}
