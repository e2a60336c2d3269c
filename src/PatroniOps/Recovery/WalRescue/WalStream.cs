using Npgsql.Replication;
using NpgsqlTypes;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>A running stream of WAL, cut into segments.</summary>
internal sealed class WalStream : IAsyncDisposable
{
    private readonly PhysicalReplicationConnection connection;
    private readonly CancellationTokenSource stop;
    private readonly IAsyncEnumerator<XLogDataMessage> messages;
    private readonly uint timeline;
    private byte[] ahead = [];
    private Lsn position;

    private WalStream(PhysicalReplicationConnection connection, WalSegment first, CancellationToken cancellationToken)
    {
        this.connection = connection;
        (timeline, position) = (first.Timeline, first.Start);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        messages = connection.StartReplication(new NpgsqlLogSequenceNumber(first.Start.Value), stop.Token, first.Timeline).GetAsyncEnumerator(stop.Token);
    }

    /// <summary>Starts a stream at the segment's first byte.</summary>
    public static async Task<WalStream> StartAsync(WalServer server, WalSegment first, CancellationToken cancellationToken) =>
        new(await server.OpenAsync(cancellationToken).ConfigureAwait(false), first, cancellationToken);

    /// <summary>Whether the stream goes on with this segment.</summary>
    public bool IsNext(WalSegment segment) => segment.Timeline == timeline && segment.Start == position;

    /// <summary>The next whole segment; null when the timeline ends before it does.</summary>
    /// <param name="segment">The one that is next.</param>
    /// <param name="patience">The longest silence of the server.</param>
    public async Task<byte[]?> ReadAsync(WalSegment segment, TimeSpan patience)
    {
        var content = new byte[segment.Size];
        var filled = Take(ahead, content, 0);
        while (filled < content.Length)
        {
            stop.CancelAfter(patience);
            if (!await messages.MoveNextAsync().ConfigureAwait(false))
                return null;
            var data = await DataAsync(messages.Current).ConfigureAwait(false);
            filled = Take(data, content, filled);
        }
        stop.CancelAfter(Timeout.InfiniteTimeSpan);
        position = segment.End;
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        // The connection is this stream's alone: to close it ends the stream.
        await connection.DisposeAsync().ConfigureAwait(false);
        stop.Dispose();
    }

    private int Take(byte[] data, byte[] content, int filled)
    {
        var taken = Math.Min(data.Length, content.Length - filled);
        data.AsSpan(0, taken).CopyTo(content.AsSpan(filled));
        ahead = data[taken..];
        return filled + taken;
    }

    private async Task<byte[]> DataAsync(XLogDataMessage message)
    {
        var data = new byte[message.Data.Length];
        await message.Data.ReadExactlyAsync(data, stop.Token).ConfigureAwait(false);
        return data;
    }
}
