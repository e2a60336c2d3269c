namespace PatroniOps.LabTests.Faults;

/// <summary>What a look may leave behind in the folders of temporary files and of state.</summary>
internal static class Footprint
{
    private static string State => Environment.GetEnvironmentVariable("PATRONIOPS_STATE")!;

    /// <summary>The temporary files and folders, and whatever there is in the state folder besides the clusters' own files.</summary>
    public static IReadOnlyList<string> Files() =>
    [
        .. Directory.EnumerateFileSystemEntries(Path.GetTempPath()).Where(entry => entry != State),
        .. Directory.Exists(State) ? Directory.EnumerateFiles(State, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".json") : [],
    ];
}
