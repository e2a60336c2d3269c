namespace PatroniOps.Lab;

/// <summary>The end of a log, for an error message.</summary>
internal static class LogTail
{
    private const int Lines = 5;

    public static string Of(string path)
    {
        var lines = File.Exists(path) ? File.ReadLines(path).TakeLast(Lines).ToList() : [];
        return lines.Count == 0 ? $"Its log {path} is empty." : $"The end of {path}:\n{string.Join('\n', lines)}";
    }
}
