namespace PatroniOps.Reporting.Html;

/// <summary>How far a replica was behind at one look.</summary>
/// <param name="At">The look.</param>
/// <param name="Bytes">Bytes of replay behind the leader; null when it was not known.</param>
internal readonly record struct LagPoint(DateTimeOffset At, long? Bytes);
