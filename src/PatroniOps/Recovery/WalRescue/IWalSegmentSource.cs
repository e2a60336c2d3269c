using PatroniOps.Postgres;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>A place that gives whole segments.</summary>
internal interface IWalSegmentSource : IAsyncDisposable
{
    /// <summary>The member's name or the archive's location.</summary>
    string Name { get; }

    /// <summary>Reads one segment. Throws only when it is cancelled; ascending order is the fast one.</summary>
    Task<WalCopy> ReadAsync(WalSegment segment, CancellationToken cancellationToken);
}
