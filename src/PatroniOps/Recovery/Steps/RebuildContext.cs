using System.Net;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Recovery.Journals;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Steps;

/// <summary>What the steps of one rebuild share.</summary>
internal sealed class RebuildContext : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> held = [];

    public required PatroniConnection Connection { get; init; }

    public required RebuildJob Job { get; init; }

    /// <summary>The member as its node shows it; null for a method that does not look at the node.</summary>
    public PatroniNode? Node { get; init; }

    public PatroniNode Member => Node ?? throw new InvalidOperationException($"{Job.Method} does not look at the node.");

    /// <summary>The role that copies; never stored.</summary>
    public required NetworkCredential Replication { get; init; }

    /// <summary>What was found out so far; a step's additions are written to the journal when it is done.</summary>
    public Dictionary<string, string> Facts { get; init; } = new(StringComparer.Ordinal);

    public Action<RebuildProgress> Progress { get; init; } = _ => { };

    /// <summary>What happened, for the result.</summary>
    public List<RebuildStep> Seen { get; } = [];

    public long StartedAt { get; init; }

    public TimeProvider Time => Connection.Time;

    public NodeFiles Files => Member.Files;

    public void See(string text) => Seen.Add(new RebuildStep(Time.GetElapsedTime(StartedAt), text));

    /// <summary>The cluster as it is now.</summary>
    public Task<ClusterSnapshot> LookAsync(CancellationToken cancellationToken) => Connection.CollectAnewAsync(cancellationToken);

    /// <summary>Keeps something until the run ends.</summary>
    public T Hold<T>(T thing) where T : IAsyncDisposable
    {
        held.Add(thing);
        return thing;
    }

    /// <summary>What the run has come to.</summary>
    public ReplicaRebuildResult Result() => new()
    {
        ConnectionId = Connection.ConnectionId,
        Cluster = Job.Cluster,
        Member = Job.Member,
        Method = Job.Method,
        JournalId = Job.Id,
        IsUndoable = RebuildMethods.IsUndoable(Job.Method) && Job.OldData == OldDataPolicy.Keep,
        OldDirectory = Job.Method == ReplicaRebuildMethod.BaseBackup && Job.OldData == OldDataPolicy.Keep ? Job.OldDirectory : null,
        OldArchive = Job.Method == ReplicaRebuildMethod.BaseBackup && Job.OldData == OldDataPolicy.Archive ? Job.OldArchive : null,
        StartedAt = Job.StartedAt,
        Duration = Time.GetUtcNow() - Job.StartedAt,
        Timeline = uint.TryParse(Facts.GetValueOrDefault("timeline"), out var timeline) ? timeline : null,
        LagBytes = long.TryParse(Facts.GetValueOrDefault("lag"), out var lag) ? lag : null,
        Lsn = Lsn.TryParse(Facts.GetValueOrDefault("position"), out var lsn) ? lsn : null,
        SlotName = SlotName.FromMember(Job.Member),
        Steps = Seen,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in held)
            await thing.DisposeAsync().ConfigureAwait(false);
        held.Clear();
    }
}
