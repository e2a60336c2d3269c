using PatroniOps.LabTests.Support;
using PatroniOps.Watching;

namespace PatroniOps.LabTests.Watching;

/// <summary>A Watch-PatroniCluster that runs beside the test.</summary>
internal sealed class Watcher : IDisposable
{
    private readonly ModuleSession session;
    private readonly RunningScript script;
    private readonly List<HeardEvent> events = [];

    private Watcher(ModuleSession session, string parameters)
    {
        this.session = session;
        script = session.Start($"Watch-PatroniCluster {parameters}", item =>
        {
            lock (events)
                events.Add(new HeardEvent((ClusterEvent)item, TimeProvider.System.GetUtcNow()));
        });
    }

    /// <summary>Begins to watch; the session is disposed with it.</summary>
    public static Watcher Start(ModuleSession session, string parameters) => new(session, parameters);

    /// <summary>What has been told so far.</summary>
    public IReadOnlyList<ClusterEvent> Events
    {
        get
        {
            lock (events)
                return [.. events.Select(e => e.Event)];
        }
    }

    /// <summary>Waits for an event.</summary>
    public async Task<HeardEvent> SeesAsync(TimeSpan timeout, Func<ClusterEvent, bool> isWanted)
    {
        // A test that waits in vain says what was told instead.
        var (heard, _) = await Eventually.Read(timeout, () => (Heard: Find(isWanted), Told: string.Join("; ", Events)), seen => seen.Heard is not null || !script.IsRunning);
        return heard ?? throw new InvalidOperationException($"The watch has ended: {script.Failure}");
    }

    public void Dispose()
    {
        script.Dispose();
        session.Dispose();
    }

    private HeardEvent? Find(Func<ClusterEvent, bool> isWanted)
    {
        lock (events)
            return events.FirstOrDefault(e => isWanted(e.Event));
    }
}
