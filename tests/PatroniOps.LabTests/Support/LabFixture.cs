using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>One lab for all tests of a class. A lab that does not start fails them; logs are kept, data is not.</summary>
public abstract class LabFixture(string name, LabOptions options) : IAsyncLifetime
{
    private LabCluster? cluster;

    public LabCluster Lab => cluster ?? throw new InvalidOperationException("The lab has not started.");

    public async Task InitializeAsync() =>
        cluster = await LabCluster.StartAsync(options with { Directory = LabPaths.DefaultDirectory($"test-{name}") });

    public async Task DisposeAsync()
    {
        if (cluster is null)
            return;
        await cluster.DisposeAsync();
        foreach (var member in cluster.Members.Where(member => Directory.Exists(member.DataDirectory)))
            Directory.Delete(member.DataDirectory, recursive: true);
    }
}
