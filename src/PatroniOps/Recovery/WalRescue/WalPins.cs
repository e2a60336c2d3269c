using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>The pins of one rescue: on the node that the member streams from, and on the members that WAL is brought from.</summary>
internal sealed class WalPins(PatroniConnection connection, PostgresClient replication, Action<string> step) : IAsyncDisposable
{
    private readonly Dictionary<string, WalPin> pins = new(StringComparer.Ordinal);

    /// <summary>Sees to it that everybody keeps what is still needed; false when the upstream has recycled some of it just now.</summary>
    public async Task<bool> HoldAsync(WalRestoreView view, CancellationToken cancellationToken)
    {
        if (view.Upstream is { } upstream && view.FirstOnUpstream is { } first && !await HoldAsync(upstream, first, cancellationToken).ConfigureAwait(false))
            return false;
        foreach (var (member, source) in view.Holders)
        {
            if (!WalSegment.TryParse(source.First, view.Snapshot.WalSegmentSize, out var oldest))
                continue;
            try
            {
                await HoldAsync(member, oldest, cancellationToken).ConfigureAwait(false);
            }
            catch (PatroniOpsException e)
            {
                // It may still give what it has; another source may have it too.
                step($"{member.Name} is asked for WAL without being held to keep it: {e.Message}");
            }
        }
        return true;
    }

    /// <summary>The member as a server.</summary>
    public WalServer ServerOf(MemberSnapshot member) => new(member.Name, member.Host!, member.Port!.Value, replication, connection.Postgres);

    public async ValueTask DisposeAsync()
    {
        foreach (var pin in pins.Values)
            await pin.DisposeAsync().ConfigureAwait(false);
        pins.Clear();
    }

    private async Task<bool> HoldAsync(MemberSnapshot member, WalSegment first, CancellationToken cancellationToken)
    {
        var server = ServerOf(member);
        if (pins.TryGetValue(member.Name, out var pin))
        {
            if (pin.First <= first && await pin.HoldsAsync(server, cancellationToken).ConfigureAwait(false))
                return true;
            pins.Remove(member.Name);
            await pin.DisposeAsync().ConfigureAwait(false);
            step($"{member.Name} no longer keeps WAL from {pin.First} on: the slot {pin.SlotName} is lost");
        }
        if (await WalPin.TakeAsync(server, first, connection.Time, cancellationToken).ConfigureAwait(false) is not { } taken)
        {
            step($"{member.Name} has just recycled {first}");
            return false;
        }
        pins.Add(member.Name, taken);
        step($"{member.Name} keeps WAL from {first} on (temporary slot {taken.SlotName})");
        return true;
    }
}
