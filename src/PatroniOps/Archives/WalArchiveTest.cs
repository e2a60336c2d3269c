using PatroniOps.Archives.Tools;
using PatroniOps.Archives.Verification;

namespace PatroniOps.Archives;

/// <summary>What is the case with an archive of WAL.</summary>
public sealed record WalArchiveTest
{
    /// <summary>The connection that told of the cluster; empty when none did.</summary>
    public Guid ConnectionId { get; init; }

    /// <summary>The cluster's name; null when no connection told it.</summary>
    public string? Cluster { get; init; }

    /// <summary>The host that holds the archive, as ssh knows it; null: the machine that read it.</summary>
    public string? HostName { get; init; }

    /// <summary>The archive's path.</summary>
    public required string Path { get; init; }

    /// <summary>Path and host in one word, for people.</summary>
    public string Location => HostName is null ? Path : $"{HostName}:{Path}";

    /// <summary>The layout that was found there.</summary>
    public ArchiveKind Kind { get; init; }

    /// <summary>The database cluster that wrote it, as text; null when it is not known.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>PostgreSQL's major version; null when no segment tells.</summary>
    public int? MajorVersion { get; init; }

    /// <summary>Bytes a segment.</summary>
    public long SegmentSize { get; init; }

    /// <summary>Different segments that are there.</summary>
    public long Count { get; init; }

    /// <summary>Bytes of all files as they are stored; null when only names were looked at.</summary>
    public long? StoredBytes { get; init; }

    /// <summary>The oldest segment of the line that leads to the newest timeline; null when there is none.</summary>
    public string? First { get; init; }

    /// <summary>The newest segment of that line; null when there is none.</summary>
    public string? Last { get; init; }

    /// <summary>Bytes of WAL that the cluster has written and the archive has not; null when no connection told. What is being written is among them.</summary>
    public long? BehindBytes { get; init; }

    /// <summary>The timelines, oldest first.</summary>
    public IReadOnlyList<WalArchiveTimeline> Timelines { get; init; } = [];

    /// <summary>Base backups that PostgreSQL noted in the archive, oldest first.</summary>
    public IReadOnlyList<ArchivedBackup> Backups { get; init; } = [];

    /// <summary>What is missing.</summary>
    public IReadOnlyList<WalArchiveGap> Gaps { get; init; } = [];

    /// <summary>Files that are not what they should be.</summary>
    public IReadOnlyList<WalArchiveProblem> Problems { get; init; } = [];

    /// <summary>What came of reading the segments; null when only names were looked at.</summary>
    public WalVerification? Verification { get; init; }

    /// <summary>What the tool that owns the archive says, and where that differs; null where no tool does, or it was not asked.</summary>
    public ToolReport? ToolReport { get; init; }

    /// <summary>Every segment that is there, or in the part that was verified, is intact; null when none was read, or not all could be.</summary>
    public bool? IsIntact => Verification is null ? null : Verification.SegmentsDamaged > 0 || Problems.Any(p => p.IsError && p.Lsn is not null)
        ? Problems.Any(p => p.IsError && p.Lsn is not null && p.Kind != WalArchiveProblemKind.Unreadable) ? false : null : true;

    /// <summary>The judgement.</summary>
    public WalArchiveVerdict Verdict { get; init; }

    /// <summary>Recovery passes from the oldest to the newest segment, as far as was looked; null when it is not known.</summary>
    public bool? IsGood => Verdict switch { WalArchiveVerdict.Good => true, WalArchiveVerdict.Unknown => null, _ => false };

    /// <summary>The judgement in words.</summary>
    public required string Reason { get; init; }

    /// <summary>What to run next; null when nothing needs to be done.</summary>
    public string? NextCommand { get; init; }
}
