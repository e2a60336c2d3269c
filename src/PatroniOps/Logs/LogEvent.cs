using PatroniOps.Postgres;

namespace PatroniOps.Logs;

/// <summary>One recognised message of a log, or several of the same kind about the same thing folded into one.</summary>
public sealed record LogEvent
{
    /// <summary>What it tells.</summary>
    public required LogEventKind Kind { get; init; }

    /// <summary>The writer's severity.</summary>
    public LogSeverity Severity { get; init; }

    /// <summary>When it was first written; null where the line has no time. See <see cref="TimeIsExact"/>.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>
    /// True when the log names its zone as an offset, UTC or GMT, or the caller told the offset. False when the zone is not known (Patroni
    /// writes none; abbreviations such as CET or IST are ambiguous): the clock's reading then stands in <see cref="Time"/> as if it were UTC.
    /// </summary>
    public bool TimeIsExact { get; init; }

    /// <summary>The time as the log has it.</summary>
    public string? TimeText { get; init; }

    /// <summary>How many messages this stands for.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The replication slot that the message names.</summary>
    public string? SlotName { get; init; }

    /// <summary>The WAL segment that the message names, 24 hexadecimal digits.</summary>
    public string? Segment { get; init; }

    /// <summary>The position that the first message names.</summary>
    public Lsn? Lsn { get; init; }

    /// <summary>The position that the last message names: one that moves shows progress.</summary>
    public Lsn? LastLsn { get; init; }

    /// <summary>The timeline that the message or its segment names.</summary>
    public uint? Timeline { get; init; }

    /// <summary>The database system identifier that the message names first.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>The SQLSTATE, where the format has one.</summary>
    public string? SqlState { get; init; }

    /// <summary>True when the message is in another language and was recognised by SQLSTATE or structure.</summary>
    public bool IsLocalized { get; init; }

    /// <summary>The first message, without prefix and secrets.</summary>
    public required string Message { get; init; }

    /// <summary>Its DETAIL and HINT, where they follow directly.</summary>
    public string? Detail { get; init; }

    /// <summary>The member that the caller says the file belongs to.</summary>
    public string? Member { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The line of the first message, from 1.</summary>
    public long LineNumber { get; init; }

    /// <summary>How the line is written.</summary>
    public LogFormat Format { get; init; }
}
