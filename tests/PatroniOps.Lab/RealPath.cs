namespace PatroniOps.Lab;

/// <summary>Paths as /proc shows them: absolute and without symbolic links.</summary>
internal static class RealPath
{
    public static string Of(string path) => Resolve(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private static string Resolve(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var here = Path.Combine(Resolve(parent), Path.GetFileName(path));
        var target = Directory.Exists(here) ? Directory.ResolveLinkTarget(here, returnFinalTarget: true) : null;
        return target?.FullName ?? here;
    }
}
