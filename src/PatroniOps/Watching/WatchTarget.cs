using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Watching;

/// <summary>A cluster to watch: connected already, or to be connected to as soon as it answers.</summary>
public sealed class WatchTarget : IDisposable
{
    // A pooled connection is answered even by a server that takes no other: now and then new ones are made.
    private static readonly TimeSpan AnewEvery = TimeSpan.FromMinutes(1);

    private readonly Func<CancellationToken, Task<PatroniConnection>>? open;
    private PatroniConnection? connection;
    private DateTimeOffset anewAt;

    /// <summary>Watches over an open connection, which stays its owner's.</summary>
    public WatchTarget(PatroniConnection connection)
    {
        this.connection = connection;
        Name = connection.Cluster;
    }

    /// <summary>Connects by itself, again and again until the cluster answers.</summary>
    /// <param name="name">What it is called until then.</param>
    /// <param name="open">Makes the connection, which is disposed with this.</param>
    public WatchTarget(string name, Func<CancellationToken, Task<PatroniConnection>> open)
    {
        Name = name;
        this.open = open;
    }

    public string Name { get; private set; }

    /// <exception cref="PatroniOpsException">It is not connected and could not be.</exception>
    internal async Task<ClusterSnapshot> LookAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            connection = await open!(cancellationToken).ConfigureAwait(false);
            Name = connection.Cluster;
        }
        var now = time.GetUtcNow();
        if (now - anewAt < AnewEvery)
            return await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        anewAt = now;
        return await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (open is not null)
            connection?.Dispose();
    }
}
