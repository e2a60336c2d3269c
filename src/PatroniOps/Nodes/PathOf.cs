namespace PatroniOps.Nodes;

/// <summary>Paths of a node, which has Linux's whatever this machine has.</summary>
public static class PathOf
{
    /// <summary>The directory that holds the path; <c>/</c> for the root itself.</summary>
    public static string Parent(string path)
    {
        var trimmed = path.TrimEnd('/');
        var at = trimmed.LastIndexOf('/');
        return at <= 0 ? "/" : trimmed[..at];
    }

    /// <summary>The last part.</summary>
    public static string Name(string path) => path.TrimEnd('/').Split('/')[^1];

    public static string Join(string directory, string name) => $"{directory.TrimEnd('/')}/{name}";
}
