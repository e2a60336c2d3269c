using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>Consecutive segments that are not in an archive although older and newer ones are: recovery cannot pass.</summary>
public sealed record WalArchiveGap
{
    /// <summary>The host that holds the archive, as ssh knows it; null: the machine that read it.</summary>
    public string? HostName { get; init; }

    /// <summary>The archive's path.</summary>
    public required string Path { get; init; }

    /// <summary>Path and host in one word, for people.</summary>
    public string Location => HostName is null ? Path : $"{HostName}:{Path}";

    /// <summary>The database cluster that wrote the WAL, as text; null when it is not known.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>The timeline at the end of the line of descent that is broken.</summary>
    public uint Timeline { get; init; }

    /// <summary>The first missing segment.</summary>
    public required string First { get; init; }

    /// <summary>The last missing segment.</summary>
    public required string Last { get; init; }

    /// <summary>Missing segments.</summary>
    public long Count { get; init; }

    /// <summary>Missing bytes of WAL.</summary>
    public long Bytes { get; init; }

    /// <summary>The last segment before it that is there.</summary>
    public required string Before { get; init; }

    /// <summary>The first segment behind it that is there.</summary>
    public required string After { get; init; }

    /// <summary>The last base backup that is consistent before the gap; null when the archive knows of none.</summary>
    public ArchivedBackup? PreviousBackup { get; init; }

    /// <summary>The first base backup that begins behind the gap; null when the archive knows of none.</summary>
    public ArchivedBackup? NextBackup { get; init; }

    /// <summary>The first position that recovery cannot reach.</summary>
    public Lsn UnreachableFrom { get; init; }

    /// <summary>The position from which recovery is possible again: where the next backup is consistent. Null: never again, as far as the archive knows.</summary>
    public Lsn? UnreachableTo { get; init; }

    /// <summary>About when what cannot be reached begins: when the last segment before was archived. Null when that is not known.</summary>
    public DateTimeOffset? UnreachableFromTime { get; init; }

    /// <summary>When it ends: the end of the next backup. Null when there is none or its label does not tell.</summary>
    public DateTimeOffset? UnreachableToTime { get; init; }

    /// <summary>What it means.</summary>
    public WalArchiveGapStatus Status { get; init; }

    /// <summary>Who knows of it; of an approval that has expired too. Null when nobody does.</summary>
    public WalArchiveGapApproval? Approval { get; init; }

    /// <summary>First and last in one word, for messages.</summary>
    public override string ToString() => Count == 1 ? First : $"{First}..{Last}";
}
