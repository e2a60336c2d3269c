namespace PatroniOps.LabTests.Verdicts;

/// <summary>A folder that is removed at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("patroniops-verdicts-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
