using PatroniOps.Postgres;

namespace PatroniOps.Reporting;

/// <summary>One place that may hold WAL.</summary>
/// <param name="Name">The member, or the archive's location.</param>
/// <param name="Kind">Such as <c>leader's pg_wal</c>.</param>
/// <param name="Ranges">What it holds; null when it was not read.</param>
/// <param name="Position">Where the member stands; null for an archive, and when it is not known.</param>
/// <param name="Missing">Segments that the replica needs and can get from nowhere by itself.</param>
/// <param name="Unknown">Why it was not read.</param>
internal sealed record WalCoverageRow(string Name, string Kind, IReadOnlyList<WalRange>? Ranges, Lsn? Position, IReadOnlyList<WalRange> Missing, string? Unknown)
{
    /// <summary>Segments of a range that the place lacks in between, as an archive may; what is below its first is only older.</summary>
    public IEnumerable<WalRange> Holes()
    {
        var numbers = (Ranges ?? []).OrderBy(r => r.First).ToList();
        for (var i = 1; i < numbers.Count; i++)
        {
            var before = numbers.Take(i).Max(r => r.Last);
            if (numbers[i].First > before + 1)
                yield return new WalRange(numbers[i].Timeline, before + 1, numbers[i].First - 1);
        }
    }
}
