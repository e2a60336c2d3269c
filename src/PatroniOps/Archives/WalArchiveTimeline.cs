using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>What an archive holds of one timeline.</summary>
/// <param name="Timeline">The timeline.</param>
/// <param name="Parent">The timeline that it comes from; null for the first, and when no history tells.</param>
/// <param name="BeganAt">Where it left its parent; null as above.</param>
/// <param name="First">Its oldest segment; null when there is none.</param>
/// <param name="Last">Its newest segment; null when there is none.</param>
/// <param name="Count">Its segments.</param>
/// <param name="Partials">Its <c>.partial</c> files, which do not count.</param>
/// <param name="HasHistory">Its history is in the archive; the first timeline has none.</param>
public sealed record WalArchiveTimeline(uint Timeline, uint? Parent, Lsn? BeganAt, string? First, string? Last, long Count, int Partials, bool HasHistory)
{
    public override string ToString() => Count == 0 ? $"timeline {Timeline}: no segment" : $"timeline {Timeline}: {First}..{Last}, {Count} segments";
}
