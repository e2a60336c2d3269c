using System.Text;
using PatroniOps.Logs;

namespace PatroniOps.Tests.Logs;

/// <summary>Reads events out of texts.</summary>
internal static class LogText
{
    public static List<LogEvent> Events(string text, LogReadOptions? options = null) => Events(Encoding.UTF8.GetBytes(text), options);

    public static List<LogEvent> Events(byte[] bytes, LogReadOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return [.. LogFile.Read(stream, "x.log", options ?? new LogReadOptions())];
    }

    public static LogEvent Only(string text) => Assert.Single(Events(text));
}
