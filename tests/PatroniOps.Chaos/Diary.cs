using System.Globalization;

namespace PatroniOps.Chaos;

/// <summary>What happens, line by line with its time, as it happens.</summary>
internal static class Diary
{
    public static void Write(string text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {text}"));
}
