using PatroniOps.Postgres;

namespace PatroniOps.Logs;

/// <summary>What a message was recognised as, with what it names.</summary>
internal sealed record Recognition(LogEventKind Kind)
{
    public string? SlotName { get; init; }

    public string? Segment { get; init; }

    public Lsn? Lsn { get; init; }

    public uint? Timeline { get; init; }

    public string? SystemIdentifier { get; init; }

    /// <summary>True when SQLSTATE or structure told it, not the words.</summary>
    public bool IsByStructure { get; init; }
}
