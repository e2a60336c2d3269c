namespace PatroniOps.Logs;

/// <summary>Where a record lies in a buffer and what it says.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind its newline.</param>
/// <param name="Line">The record taken apart; null when it is in none of the formats.</param>
internal readonly record struct LogRecord(int Start, int End, LogLine? Line);
