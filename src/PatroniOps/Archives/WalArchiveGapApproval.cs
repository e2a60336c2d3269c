using System.Globalization;

namespace PatroniOps.Archives;

/// <summary>Somebody knows of a loss.</summary>
/// <param name="SystemIdentifier">The database cluster whose WAL is lost, as text.</param>
/// <param name="First">The first segment of the loss.</param>
/// <param name="Last">The last one.</param>
/// <param name="Reason">Why it is no alarm any more.</param>
/// <param name="ApprovedBy">Who says so.</param>
/// <param name="ApprovedAt">Since when.</param>
/// <param name="ExpiresAt">Until when; then it is an error again.</param>
public sealed record WalArchiveGapApproval(string SystemIdentifier, string First, string Last, string Reason, string ApprovedBy, DateTimeOffset ApprovedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The gap is no larger than what was approved. Names of one length sort by timeline and number.</summary>
    public bool Covers(WalArchiveGap gap) => gap.SystemIdentifier == SystemIdentifier
        && string.CompareOrdinal(gap.First, First) >= 0 && string.CompareOrdinal(gap.Last, Last) <= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ApprovedBy} until {ExpiresAt:u}: {Reason}");
}
