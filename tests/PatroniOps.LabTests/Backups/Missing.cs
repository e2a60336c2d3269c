namespace PatroniOps.LabTests.Backups;

/// <summary>A file that is away for a while.</summary>
internal sealed class Missing : IDisposable
{
    private readonly string path;

    private Missing(string path) => this.path = path;

    private string Aside => Path.Combine(Path.GetTempPath(), $"aside-{Path.GetFileName(path)}");

    public static Missing Of(string path)
    {
        var missing = new Missing(path);
        File.Move(path, missing.Aside);
        return missing;
    }

    public void Dispose() => File.Move(Aside, path);
}
