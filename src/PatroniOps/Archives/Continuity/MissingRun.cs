using PatroniOps.Postgres;

namespace PatroniOps.Archives.Continuity;

/// <summary>Consecutive segments that a line of descent needs and that are not there, between two that are.</summary>
/// <param name="Timeline">The timeline at the line's end.</param>
/// <param name="First">The first that is missing.</param>
/// <param name="Last">The last that is missing; of a later timeline where a switch lies in between.</param>
/// <param name="Before">The last one before that is there.</param>
/// <param name="After">The first one behind that is there.</param>
/// <param name="IsAbandoned">It is on a branch that no longer leads to the newest timeline.</param>
internal sealed record MissingRun(uint Timeline, WalSegment First, WalSegment Last, WalSegment Before, WalSegment After, bool IsAbandoned);
