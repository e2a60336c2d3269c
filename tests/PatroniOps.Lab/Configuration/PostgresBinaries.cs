namespace PatroniOps.Lab.Configuration;

/// <summary>Finds the installed PostgreSQL servers.</summary>
internal static class PostgresBinaries
{
    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>The given directory, or that of the newest server installed.</summary>
    public static string Find(string? given)
    {
        if (given is not null)
            return HasServer(given) ? given : throw new LabException($"There is no initdb in {given}.");
        var debian = Directory.Exists(DebianRoot) ? Directory.EnumerateDirectories(DebianRoot) : [];
        var newestFirst = debian
            .Where(path => int.TryParse(Path.GetFileName(path), out _))
            .OrderByDescending(path => int.Parse(Path.GetFileName(path), null))
            .Select(path => Path.Combine(path, "bin"));
        return newestFirst.Concat(SearchPath()).FirstOrDefault(HasServer)
            ?? throw new LabException($"No PostgreSQL server was found below {DebianRoot} or in PATH.");
    }

    private static string[] SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    private static bool HasServer(string directory) => File.Exists(Path.Combine(directory, "initdb"));
}
