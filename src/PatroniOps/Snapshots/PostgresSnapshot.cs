using PatroniOps.Postgres;

namespace PatroniOps.Snapshots;

/// <summary>What one PostgreSQL server said, part by part: each was read or is unknown with its reason.</summary>
public sealed record PostgresSnapshot
{
    public required Reading<ServerState> State { get; init; }

    public required Reading<ControlData> Control { get; init; }

    public required Reading<IReadOnlyList<SenderRow>> Senders { get; init; }

    /// <summary>No row or one.</summary>
    public required Reading<IReadOnlyList<ReceiverRow>> Receivers { get; init; }

    public required Reading<IReadOnlyList<SlotRow>> Slots { get; init; }

    public required Reading<WalListing> Wal { get; init; }

    public required Reading<ArchiverRow> Archiver { get; init; }

    public required Reading<ServerSettings> Settings { get; init; }

    public required Reading<IReadOnlyList<BackendRow>> Backends { get; init; }

    public required Reading<ArchiveQueue> ArchiveQueue { get; init; }

    public required Reading<CollationVersions> Collations { get; init; }

    /// <summary>Nothing could be read, for one reason.</summary>
    public static PostgresSnapshot Unknown(Patroni.FailureKind failure, string reason) => new()
    {
        State = Reading.Unknown<ServerState>(failure, reason),
        Control = Reading.Unknown<ControlData>(failure, reason),
        Senders = Reading.Unknown<IReadOnlyList<SenderRow>>(failure, reason),
        Receivers = Reading.Unknown<IReadOnlyList<ReceiverRow>>(failure, reason),
        Slots = Reading.Unknown<IReadOnlyList<SlotRow>>(failure, reason),
        Wal = Reading.Unknown<WalListing>(failure, reason),
        Archiver = Reading.Unknown<ArchiverRow>(failure, reason),
        Settings = Reading.Unknown<ServerSettings>(failure, reason),
        Backends = Reading.Unknown<IReadOnlyList<BackendRow>>(failure, reason),
        ArchiveQueue = Reading.Unknown<ArchiveQueue>(failure, reason),
        Collations = Reading.Unknown<CollationVersions>(failure, reason),
    };
}
