using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Archives;

/// <summary>Which segments an archive holds, by their names.</summary>
/// <param name="Location">The path that was looked into.</param>
/// <param name="Kind">The layout that was found there.</param>
/// <param name="Ranges">Runs of segments; complete files only, never <c>.partial</c>.</param>
public sealed record ArchiveSnapshot(string Location, ArchiveKind Kind, Reading<IReadOnlyList<WalRange>> Ranges)
{
    public override string ToString() => $"{Location} ({Kind})";
}
