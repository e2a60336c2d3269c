namespace PatroniOps.Recovery.WalRescue;

/// <summary>How far a rescue is.</summary>
/// <param name="Phase">In words.</param>
/// <param name="BytesDone">Bytes placed so far.</param>
/// <param name="BytesTotal">Bytes to place as known now: more is recycled until the sources are pinned.</param>
public sealed record WalRestoreProgress(string Phase, long BytesDone, long BytesTotal);
