namespace PatroniOps.Archives.Continuity;

/// <summary>The part of a line of descent whose segments bear one timeline's name.</summary>
/// <param name="Timeline">The timeline in the names.</param>
/// <param name="From">The first segment's number.</param>
/// <param name="To">The number behind the last one; null where the line goes on.</param>
internal sealed record LinePiece(uint Timeline, ulong From, ulong? To)
{
    public bool Holds(ulong number) => number >= From && (To is null || number < To);
}
