using Npgsql;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>A member's pg_wal over the replication protocol: one stream for consecutive segments.</summary>
/// <remarks>Source: PostgreSQL, protocol-replication.html, START_REPLICATION.</remarks>
internal sealed class MemberWalSource(WalServer server) : IWalSegmentSource
{
    // A whole segment is sent at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private WalStream? stream;

    public string Name => server.Name;

    public async Task<WalCopy> ReadAsync(WalSegment segment, CancellationToken cancellationToken)
    {
        try
        {
            if (stream?.IsNext(segment) != true)
            {
                await DisposeAsync().ConfigureAwait(false);
                stream = await WalStream.StartAsync(server, segment, cancellationToken).ConfigureAwait(false);
            }
            return await stream.ReadAsync(segment, Patience).ConfigureAwait(false) is { } content ? WalCopy.Of(content) : WalCopy.None;
        }
        catch (PatroniOpsException e)
        {
            return WalCopy.Failed(e.Message);
        }
        catch (Exception e) when (PhysicalReplication.IsExpected(e))
        {
            await DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return e is PostgresException { SqlState: "58P01" } ? WalCopy.None : WalCopy.Failed(server.Explain(e).Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stream is { } running)
            await running.DisposeAsync().ConfigureAwait(false);
        stream = null;
    }
}
