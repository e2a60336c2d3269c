using System.Net;
using PatroniOps.Nodes;

namespace PatroniOps.Recovery.StandaloneBackups;

/// <summary>A base backup that belongs to no member: where it goes, and from whom it comes.</summary>
public sealed record StandaloneBackupRequest
{
    /// <summary>The directory on the node, which must not be there yet.</summary>
    public required string Destination { get; init; }

    /// <summary>The member to copy from; null: the leader.</summary>
    public string? Source { get; init; }

    public NodeOptions Node { get; init; } = new();

    /// <summary>PostgreSQL's programs on the node; null: they are on the PATH.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>The role that copies. Never stored.</summary>
    public required NetworkCredential Replication { get; init; }

    /// <summary>Kilobytes a second; null: no limit.</summary>
    public long? MaximumRate { get; init; }

    public CopyCompression Compression { get; init; }
}
