using System.Text;

namespace PatroniOps.Reporting.Terminal;

/// <summary>A line that fits a screen. What is not a colour of our own is shown, never sent: a name may hold anything.</summary>
internal static class ScreenLine
{
    private const char Escape = '\u001b';

    /// <summary>At most so many characters are visible; a colour that was begun is ended.</summary>
    public static string Cut(string line, int width)
    {
        var text = new StringBuilder();
        var (visible, isPainted) = (0, false);
        for (var i = 0; i < line.Length && visible < width; i++)
        {
            if (line[i] == Escape && Colour(line, i) is { } length)
            {
                text.Append(line, i, length);
                isPainted = line[i + 2] != '0';
                i += length - 1;
                continue;
            }
            text.Append(char.IsControl(line[i]) ? '?' : line[i]);
            visible++;
        }
        return isPainted ? text.Append("\u001b[0m").ToString() : text.ToString();
    }

    private static int? Colour(string line, int at)
    {
        var end = line.IndexOf('m', at);
        return end > at + 2 && end - at <= 4 && line[at + 1] == '[' && line.AsSpan(at + 2, end - at - 2).IndexOfAnyExceptInRange('0', '9') < 0 ? end - at + 1 : null;
    }
}
