namespace PatroniOps.Wal;

/// <summary>The pages of a segment that hold anything.</summary>
/// <param name="End">Bytes up to the first empty page.</param>
/// <param name="Size">Bytes a page.</param>
internal readonly record struct WalPages(int End, int Size);
