using System.Globalization;
using System.Text;

namespace PatroniOps.Lab.Processes;

/// <summary>What /proc tells of a process. Every answer may be outdated the next moment; a process that is gone gives null.</summary>
internal static class ProcFs
{
    public static IEnumerable<int> Pids() =>
        from path in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(path)
        where char.IsAsciiDigit(name[0])
        select int.Parse(name, CultureInfo.InvariantCulture);

    /// <summary>Start time in clock ticks since boot: with the pid it names a process for good. Null for a zombie too.</summary>
    public static ulong? StartTicks(int pid)
    {
        if (Read(pid, "stat") is not { } stat)
            return null;
        // The command name, in parentheses, may itself hold spaces and parentheses.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : ulong.Parse(fields[19], CultureInfo.InvariantCulture);
    }

    /// <summary>The arguments with spaces between; for PostgreSQL its process title.</summary>
    public static string Title(int pid) => (Read(pid, "cmdline") ?? "").Replace('\0', ' ').Trim();

    /// <summary>File name of the running program.</summary>
    public static string? Program(int pid) => Path.GetFileName(Link(pid, "exe"));

    public static string? WorkingDirectory(int pid) => Link(pid, "cwd");

    public static IEnumerable<int> Children(int pid) =>
        (Read(pid, $"task/{pid}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture));

    private static string? Link(int pid, string name)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/{name}").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool HasEnvironment(int pid, string name, string value) =>
        ("\0" + Read(pid, "environ") + "\0").Contains($"\0{name}={value}\0", StringComparison.Ordinal);

    private static string? Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}", Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
