namespace PatroniOps.Snapshots;

/// <summary>The file system that holds a member's pg_wal, as its node tells.</summary>
/// <param name="FreeBytes">What its owner may still write.</param>
/// <param name="TotalBytes">Its size.</param>
public sealed record DiskSpace(long FreeBytes, long TotalBytes);
