using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Crash;

/// <summary>The labs of the whole matrix; each is started by the first cell that needs it.</summary>
public sealed class CrashLabs : IAsyncLifetime
{
    private readonly Dictionary<Type, CrashLab> started = [];

    /// <summary>The lab whose members the method is for.</summary>
    public Task<CrashLab> ForAsync(ReplicaRebuildMethod method) => method switch
    {
        ReplicaRebuildMethod.Rewind => StartedAsync<DivergedCrashLab>(),
        ReplicaRebuildMethod.DeltaRestore => StartedAsync<RepositoryCrashLab>(),
        _ => StartedAsync<HealthyCrashLab>(),
    };

    /// <summary>Gives up a lab that a cell has left in a state of its own: the next cell gets another one.</summary>
    public async Task GiveUpAsync(CrashLab lab)
    {
        started.Remove(lab.GetType());
        await lab.DisposeAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var lab in started.Values)
            await lab.DisposeAsync();
    }

    private async Task<CrashLab> StartedAsync<T>() where T : CrashLab, new()
    {
        if (started.TryGetValue(typeof(T), out var known))
            return known;
        var lab = new T();
        await lab.InitializeAsync();
        return started[typeof(T)] = lab;
    }
}
