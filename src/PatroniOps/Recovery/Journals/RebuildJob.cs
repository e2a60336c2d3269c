using System.Security.Cryptography;
using PatroniOps.Nodes;

namespace PatroniOps.Recovery.Journals;

/// <summary>What one rebuild is about: the first line of its journal. Holds no secret.</summary>
public sealed record RebuildJob
{
    /// <summary>Names the run, its journal and its directories.</summary>
    public required string Id { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    public ReplicaRebuildMethod Method { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>PostgreSQL's system identifier, as text.</summary>
    public required string SystemIdentifier { get; init; }

    /// <summary>The member's data directory; empty for Reinitialize, which does not look at the node.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The member that is copied from.</summary>
    public required string Source { get; init; }

    /// <summary>What becomes of the old data when the member has streamed for the soak time.</summary>
    public OldDataPolicy OldData { get; init; }

    /// <summary>How long the member must stream before the rebuild counts as done.</summary>
    public TimeSpan SoakTime { get; init; }

    /// <summary>Kilobytes a second for the copy; null: no limit.</summary>
    public long? MaximumRate { get; init; }

    /// <summary>How the source compresses what it sends.</summary>
    public CopyCompression Compression { get; init; }

    /// <summary>Nodes with other sorting libraries are accepted.</summary>
    public bool AcceptsCollationMismatch { get; init; }

    /// <summary>When the member's PostgreSQL had been started before Reinitialize; null: it did not run.</summary>
    public DateTimeOffset? PostmasterStart { get; init; }

    /// <summary>REST addresses of the cluster, to go on after a crash.</summary>
    public required IReadOnlyList<Uri> Uri { get; init; }

    public required NodeOptions Node { get; init; }

    public string? PatroniConfigPath { get; init; }

    public required ServiceOptions Service { get; init; }

    /// <summary>Where the new data grows, beside the old.</summary>
    public string NewDirectory => $"{DataDirectory}.patroniops-new-{Id}";

    /// <summary>Where the old data is kept.</summary>
    public string OldDirectory => $"{DataDirectory}.patroniops-old-{Id}";

    /// <summary>Where the old data is packed, when that was asked for.</summary>
    public string OldArchive => $"{OldDirectory}.tar.gz";

    /// <summary>The journal's folder beside the data directory.</summary>
    public string JournalDirectory => FolderBeside(DataDirectory);

    public override string ToString() => $"{Id}: {Method} of {Member} in {Cluster}";

    /// <summary>The lock that whoever works on the data holds.</summary>
    internal static string LockBeside(string dataDirectory) => $"{dataDirectory}.patroniops.lock";

    internal static string NewId() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <summary>Whether a server that was started at that time was started since. Patroni writes fewer digits than PostgreSQL.</summary>
    internal bool IsStartedAnew(DateTimeOffset start) => PostmasterStart is not { } before || (start - before).Duration() > TimeSpan.FromSeconds(1);

    internal static string FolderBeside(string dataDirectory) => $"{dataDirectory}.patroniops";
}
