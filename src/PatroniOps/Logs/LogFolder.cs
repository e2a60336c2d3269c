namespace PatroniOps.Logs;

/// <summary>The log files in a folder.</summary>
public static class LogFolder
{
    private static readonly string[] Endings = [".log", ".csv", ".json", ".gz"];

    /// <summary>Files that end in .log, .csv, .json or .gz, or are a rotated .log (.log.1), those written last at the end.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFiles().Where(f => IsLog(f.Name)).OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Select(f => f.FullName)];

    private static bool IsLog(string name) =>
        Endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) || name.Contains(".log.", StringComparison.OrdinalIgnoreCase);
}
