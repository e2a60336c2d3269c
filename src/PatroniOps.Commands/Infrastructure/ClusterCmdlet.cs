using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>
/// A cmdlet that works on clusters: the current connection, the ones given or named, or addresses given on the spot.
/// </summary>
public abstract class ClusterCmdlet : AsyncCmdlet
{
    // Records about the same cluster share one reading; this many clusters' are kept.
    private const int MostSnapshots = 32;

    private readonly Dictionary<Guid, Task<ClusterSnapshot>> snapshots = [];
    private readonly List<PatroniConnection> opened = [];

    /// <summary>Connections from Connect-PatroniCluster; several clusters at once.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public PatroniConnection[]? Connection { get; set; }

    /// <summary>Clusters that are connected, by name; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public virtual string[]? Cluster { get; set; }

    /// <summary>The connection that an object came from. Where it is not open here, the object's cluster name decides.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public Guid ConnectionId { get; set; }

    /// <summary>Addresses of Patroni's REST API, for one call without Connect-PatroniCluster; from the pipeline each record is a cluster, let go when it is done. Without -PostgresCredential its user comes from PGUSER and the pgpass file.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public Uri[]? Uri { get; set; }

    /// <summary>With -Uri: user and password for REST calls that change something.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>With -Uri: user and password of the observing PostgreSQL role.</summary>
    [Parameter]
    [Credential]
    public PSCredential? PostgresCredential { get; set; }

    /// <summary>The connections that this record is about.</summary>
    protected async Task<IReadOnlyList<PatroniConnection>> ConnectionsAsync(CancellationToken cancellationToken)
    {
        if (Connection is { Length: > 0 })
            return Connection;
        if (Uri is { Length: > 0 })
            return [await OpenAsync(Uri, cancellationToken).ConfigureAwait(false)];
        if (ConnectionId != Guid.Empty && Table.Find(ConnectionId) is { } origin)
            return [origin];
        if (Cluster is { Length: > 0 })
            return Named(Cluster);
        return Table.Current is { } current
            ? [current]
            : throw new PatroniOpsException(FailureKind.NotConfigured, "There is no connection. Run Connect-PatroniCluster -Uri http://host:8008 first, or give -Uri.");
    }

    /// <summary>Whether there is a cluster to ask when none is named.</summary>
    protected bool HasCurrentConnection => Table.Current is not null;

    private ConnectionTable Table { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Table = ConnectionTable.OfThisRunspace();

    /// <summary>Reads each cluster once an invocation, all at the same time, and hands over each as it is read.</summary>
    protected virtual async Task ForEachSnapshotAsync(Action<ClusterSnapshot, PatroniConnection?> action, CancellationToken cancellationToken)
    {
        IReadOnlyList<PatroniConnection> connections;
        try
        {
            connections = await ConnectionsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, Cluster is { Length: > 0 } ? string.Join(", ", Cluster) : Uri is [var first, ..] ? Seed.Show(first) : null));
            OnUnread(null);
            return;
        }
        try
        {
            await Parallel.ForEachAsync(connections, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (connection, token) =>
            {
                try
                {
                    action(await SnapshotAsync(connection, token).ConfigureAwait(false), connection);
                }
                catch (PatroniOpsException e)
                {
                    EmitError(Failure.Record(e, connection.Cluster));
                    OnUnread(connection.Cluster);
                }
            }).ConfigureAwait(false);
        }
        finally
        {
            LetGo();
        }
    }

    /// <summary>Nothing was read of a cluster, and the error is told; several at the same time.</summary>
    /// <param name="cluster">Its name; null when not even that is known.</param>
    protected virtual void OnUnread(string? cluster)
    {
    }

    // What one record opened and what was read of it, which no other record can share, and the oldest snapshots: a pipeline over a fleet must
    // not grow with it.
    private void LetGo()
    {
        lock (snapshots)
        {
            opened.ForEach(c => snapshots.Remove(c.ConnectionId));
            if (snapshots.Count > MostSnapshots)
                snapshots.Clear();
        }
        opened.ForEach(c => c.Dispose());
        opened.Clear();
    }

    /// <summary>The names in -Member as a filter; all when there are none. A name without wildcard that no member has is an error.</summary>
    /// <param name="names">The names or patterns.</param>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="others">Names beside the members' that are no error.</param>
    protected Func<string, bool> MemberFilter(string[]? names, ClusterSnapshot snapshot, IEnumerable<string>? others = null)
    {
        if (names is null || names.Length == 0)
            return _ => true;
        var patterns = names.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToList();
        var known = snapshot.Members.Select(m => m.Name).Concat(others ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names.Where(n => !WildcardPattern.ContainsWildcardCharacters(n) && !known.Contains(n)))
            EmitError(Failure.Record(FailureKind.NotConfigured,
                $"Cluster {snapshot.Cluster} has no member {name}. It has {string.Join(", ", snapshot.Members.Select(m => m.Name))}.", name));
        return member => patterns.Any(p => p.IsMatch(member));
    }

    /// <summary>The names in -SlotName as a filter; all when there are none. A name without wildcard that no slot has, or should have, is an error.</summary>
    protected Func<string, bool> SlotFilter(string[]? names, ClusterSnapshot snapshot)
    {
        if (names is null || names.Length == 0)
            return _ => true;
        var slots = SlotComparison.Compare(snapshot).Select(s => s.SlotName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unread = snapshot.Members.Where(m => !m.IsAbsent && !m.Postgres.Slots.IsKnown).Select(m => m.Name).ToList();
        foreach (var name in names.Where(n => !WildcardPattern.ContainsWildcardCharacters(n) && !slots.Contains(n)))
            EmitError(Failure.Record(FailureKind.NotConfigured,
                $"Cluster {snapshot.Cluster} shows no slot {name}.{(unread.Count > 0 ? $" The slots of {string.Join(", ", unread)} were not read." : "")}", name));
        var patterns = names.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToList();
        return slot => patterns.Any(p => p.IsMatch(slot));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            opened.ForEach(c => c.Dispose());
        base.Dispose(disposing);
    }

    /// <summary>Connects to the addresses when it is called; the connection is its caller's.</summary>
    private protected Func<CancellationToken, Task<PatroniConnection>> Opener(Uri[] seeds)
    {
        var options = new ConnectionOptions
        {
            Seeds = [.. seeds.Select(Seed.Normalise)],
            Rest = new PatroniRestOptions { Credential = Credential?.GetNetworkCredential() },
            Postgres = new PostgresOptions { Credential = PostgresCredential?.GetNetworkCredential() },
        };
        return token => PatroniConnection.OpenAsync(options, new ProfileStore(StateFolder.Path), TimeProvider.System, token);
    }

    private async Task<PatroniConnection> OpenAsync(Uri[] seeds, CancellationToken cancellationToken)
    {
        var connection = await Opener(seeds)(cancellationToken).ConfigureAwait(false);
        opened.Add(connection);
        return connection;
    }

    private List<PatroniConnection> Named(string[] names)
    {
        var found = new List<PatroniConnection>();
        foreach (var name in names)
        {
            var matches = Table.Find(name).ToList();
            if (matches.Count == 0)
                EmitError(Failure.Record(FailureKind.NotConfigured, $"There is no connection to a cluster named {name}. Run Connect-PatroniCluster first.", name));
            found.AddRange(matches);
        }
        return found;
    }

    private Task<ClusterSnapshot> SnapshotAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        lock (snapshots)
        {
            if (!snapshots.TryGetValue(connection.ConnectionId, out var task))
                snapshots[connection.ConnectionId] = task = CollectAsync(connection, cancellationToken);
            return task;
        }
    }

    private async Task<ClusterSnapshot> CollectAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        SnapshotFailures.Report(snapshot, EmitError, EmitWarning);
        return snapshot;
    }
}
