using System.Net;
using PatroniOps.Nodes;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Recovery;

/// <summary>What a rebuild by steps on the member's node is asked to do.</summary>
public sealed record RebuildRequest
{
    public required string Member { get; init; }

    public ReplicaRebuildMethod Method { get; init; } = ReplicaRebuildMethod.BaseBackup;

    /// <summary>The member to copy from; null: the leader.</summary>
    public string? Source { get; init; }

    public NodeOptions Node { get; init; } = new();

    /// <summary>The member's patroni.yml on its node; null: where packages put it.</summary>
    public string? PatroniConfigPath { get; init; }

    public ServiceOptions Service { get; init; } = new();

    /// <summary>The role that copies; null: that of the member's patroni.yml. Never stored.</summary>
    public NetworkCredential? Replication { get; init; }

    /// <summary>With FixRestoreCommand: the command that fetches WAL from the archive, the caller's word; null: none was given.</summary>
    public string? RestoreCommand { get; init; }

    public OldDataPolicy OldData { get; init; }

    public TimeSpan SoakTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Kilobytes a second; null: no limit.</summary>
    public long? MaximumRate { get; init; }

    public CopyCompression Compression { get; init; }

    public bool AcceptsCollationMismatch { get; init; }
}
