using PatroniOps.Wal;

namespace PatroniOps.Archives.Ledgers;

/// <summary>A file that was read and found intact.</summary>
/// <param name="Name">Where it lies, from the archive's path.</param>
/// <param name="Size">Its bytes as stored.</param>
/// <param name="Time">When it was last written.</param>
/// <param name="Hash">The SHA-1 of its uncompressed bytes.</param>
/// <param name="Tail">Where its records end.</param>
internal sealed record WalLedgerEntry(string Name, long Size, DateTimeOffset Time, string Hash, WalTail Tail);
