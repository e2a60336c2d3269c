namespace PatroniOps.LabTests.Backups;

/// <summary>A directory in which the servers' user may make others.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        Path = Directory.CreateTempSubdirectory("scratch").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_111_111);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
