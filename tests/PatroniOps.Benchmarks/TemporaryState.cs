namespace PatroniOps.Benchmarks;

/// <summary>What the module remembers between sessions goes to a folder that is removed again.</summary>
internal sealed class TemporaryState : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("patroniops-state-").FullName;

    private TemporaryState() => Environment.SetEnvironmentVariable("PATRONIOPS_STATE", folder);

    public static TemporaryState Create() => new();

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
