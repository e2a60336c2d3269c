using System.Security.Cryptography;
using Npgsql;
using Npgsql.Replication;
using NpgsqlTypes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>
/// Keeps a server from recycling WAL from a segment on: a temporary slot, which ends with its connection. Such a slot alone would hold from the
/// server's last checkpoint on; a stream at the segment and a flush position there move it back.
/// </summary>
/// <remarks>Source: PostgreSQL, src/backend/replication/walsender.c, PhysicalConfirmReceivedLocation.</remarks>
internal sealed class WalPin : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly PhysicalReplicationConnection connection;

    private WalPin(PhysicalReplicationConnection connection, string slotName, WalSegment first)
    {
        this.connection = connection;
        SlotName = slotName;
        First = first;
    }

    public string SlotName { get; }

    /// <summary>The oldest segment that is kept.</summary>
    public WalSegment First { get; }

    /// <summary>Pins; null when the segment is gone already.</summary>
    /// <param name="server">The server.</param>
    /// <param name="first">The oldest segment to keep.</param>
    /// <param name="time">For the wait until the slot shows it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PatroniOpsException">The server cannot be reached, the role may not, or there is no free slot or sender.</exception>
    public static async Task<WalPin?> TakeAsync(WalServer server, WalSegment first, TimeProvider time, CancellationToken cancellationToken)
    {
        var pin = new WalPin(
            await server.OpenAsync(cancellationToken).ConfigureAwait(false),
            $"patroniops_{RandomNumberGenerator.GetHexString(8, lowercase: true)}", first);
        try
        {
            await pin.ReserveAsync(cancellationToken).ConfigureAwait(false);
            var started = time.GetTimestamp();
            while (!await pin.HoldsAsync(server, cancellationToken).ConfigureAwait(false))
            {
                if (time.GetElapsedTime(started) > server.Replication.Options.Timeout)
                {
                    await pin.DisposeAsync().ConfigureAwait(false);
                    return null;
                }
                await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
            }
            return pin;
        }
        catch (Exception e)
        {
            await pin.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (e is PostgresException { SqlState: "58P01" })
                return null;
            if (!PhysicalReplication.IsExpected(e))
                throw;
            throw server.Explain(e);
        }
    }

    /// <summary>The slot is there and holds from the segment on, and the segment is still there: a checkpoint that ran already could take it.</summary>
    public async Task<bool> HoldsAsync(WalServer server, CancellationToken cancellationToken)
    {
        var results = await server.Observer.QueryAsync(server.Host, server.Port, _ => [SlotRow.Sql, WalListing.Sql], cancellationToken).ConfigureAwait(false);
        if (results.FirstOrDefault(r => r.Failure is not null)?.Failure is { } failure)
            throw failure;
        var slot = results[0].Document!.Value.EnumerateArray().Select(SlotRow.Parse).FirstOrDefault(s => s?.Name == SlotName);
        return slot is { WalStatus: not "lost", RestartLsn: { } restart } && restart <= First.Start
            && WalListing.Parse(results[1].Document!.Value, First.Size).Ranges.Any(r => r.Timeline == First.Timeline && r.First <= First.Number && First.Number <= r.Last);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    // The stream is left after its first message; slot and position stay for as long as the connection does.
    private async Task ReserveAsync(CancellationToken cancellationToken)
    {
        var slot = await connection.CreateReplicationSlot(SlotName, isTemporary: true, reserveWal: true, cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var position = new NpgsqlLogSequenceNumber(First.Start.Value);
        var messages = connection.StartReplication(slot, position, limit.Token, First.Timeline).GetAsyncEnumerator(limit.Token);
        await using (messages.ConfigureAwait(false))
        {
            await messages.MoveNextAsync().ConfigureAwait(false);
            connection.SetReplicationStatus(position);
            await connection.SendStatusUpdate(limit.Token).ConfigureAwait(false);
        }
    }
}
