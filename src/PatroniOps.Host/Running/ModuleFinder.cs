using PatroniOps.Host.CommandLine;

namespace PatroniOps.Host.Running;

/// <summary>Finds the manifest of the module.</summary>
internal static class ModuleFinder
{
    private const string Manifest = "PatroniOps.psd1";

    /// <param name="named">The manifest or its folder as the caller named it; null to look for it.</param>
    /// <param name="start">The folder of the executable: the module lies in its <c>PatroniOps</c> folder, or the executable lies in a checkout of it.</param>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Find(string? named, string start)
    {
        if (named is not null)
            return Named(named) ?? throw new UsageException($"There is no module manifest {Manifest} at '{named}', named by -Module.");
        return Candidates(start).FirstOrDefault(File.Exists) ?? throw new UsageException(
            $"The PatroniOps module was not found: there is no PatroniOps{Path.DirectorySeparatorChar}{Manifest} in '{start}', and no {Manifest} in the folders above it. "
            + "Put the module's folder beside patroniops, or name its manifest with -Module.");
    }

    private static string? Named(string path)
    {
        var full = Path.GetFullPath(path);
        return new[] { full, Path.Combine(full, Manifest) }.FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Candidates(string start)
    {
        yield return Path.Combine(start, "PatroniOps", Manifest);
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, Manifest);
    }
}
