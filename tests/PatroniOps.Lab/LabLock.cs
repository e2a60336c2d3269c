namespace PatroniOps.Lab;

/// <summary>Keeps two programs from starting, stopping or cleaning the same lab at once. The system lets it go when its holder dies.</summary>
internal sealed class LabLock : IDisposable
{
    private readonly FileStream file;

    private LabLock(FileStream file) => this.file = file;

    /// <exception cref="LabException">Another program holds it.</exception>
    public static LabLock Take(LabPaths paths)
    {
        try
        {
            return new LabLock(new FileStream(paths.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new LabException($"Another program is starting or stopping the lab in {paths.Directory}.", e);
        }
    }

    public void Dispose() => file.Dispose();
}
