using System.Globalization;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>Brings the history files of timelines that a member has not seen yet; its walreceiver would fetch them too, but only once it may connect.</summary>
internal static class HistoryFiles
{
    /// <exception cref="PatroniOpsException">The server cannot be asked.</exception>
    public static async Task BringAsync(WalServer server, PatroniNode node, SegmentPlacer placer, IEnumerable<uint> timelines, Action<string> step, CancellationToken cancellationToken)
    {
        foreach (var timeline in timelines.Where(t => t > 1))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{timeline:X8}.history");
            if (await node.Files.ExistsAsync(PathOf.Join(placer.Directory, name), cancellationToken).ConfigureAwait(false))
                continue;
            await placer.PlaceAsync(name, await ReadAsync(server, timeline, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            step($"{name} brought from {server.Name}");
        }
    }

    private static async Task<byte[]> ReadAsync(WalServer server, uint timeline, CancellationToken cancellationToken)
    {
        var connection = await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                return (await connection.TimelineHistory(timeline, cancellationToken).ConfigureAwait(false)).Content;
            }
            catch (Exception e) when (PhysicalReplication.IsExpected(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw server.Explain(e);
            }
        }
    }
}
