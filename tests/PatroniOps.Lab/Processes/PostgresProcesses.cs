using System.Globalization;

namespace PatroniOps.Lab.Processes;

/// <summary>PostgreSQL's processes by their data directory, which is the working directory of each.</summary>
internal static class PostgresProcesses
{
    /// <summary>The postmaster named by postmaster.pid, when it really works in that directory.</summary>
    public static LabProcess? Postmaster(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, "postmaster.pid");
        try
        {
            var first = File.ReadLines(file).FirstOrDefault();
            return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && WorksIn(pid, dataDirectory)
                ? LabProcess.Of(pid)
                : null;
        }
        catch (IOException)
        {
            return null; // stopped, or just stopping
        }
    }

    public static IReadOnlyList<LabProcess> WithTitle(string dataDirectory, string title) =>
        [.. from pid in ProcFs.Pids()
            where WorksIn(pid, dataDirectory) && ProcFs.Title(pid).Contains(title, StringComparison.Ordinal)
            select LabProcess.Of(pid) into process
            where process is not null
            select process.Value];

    /// <summary>Those that work in any directory below this one.</summary>
    public static IReadOnlyList<LabProcess> Below(string directory) =>
        [.. from pid in ProcFs.Pids()
            where ProcFs.Program(pid) is "postgres" && ProcFs.WorkingDirectory(pid)?.StartsWith(directory + "/", StringComparison.Ordinal) == true
            select LabProcess.Of(pid) into process
            where process is not null
            select process.Value];

    private static bool WorksIn(int pid, string dataDirectory) =>
        ProcFs.Program(pid) is "postgres" && ProcFs.WorkingDirectory(pid) == dataDirectory;
}
