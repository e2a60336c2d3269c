namespace PatroniOps.Logs;

/// <summary>How a line is written. Recognised by its content; one file can hold several.</summary>
public enum LogFormat : long
{
    /// <summary>None of the formats.</summary>
    Unknown,

    /// <summary>PostgreSQL's stderr format, with any log_line_prefix.</summary>
    PostgresStderr,

    /// <summary>PostgreSQL's csvlog.</summary>
    PostgresCsv,

    /// <summary>PostgreSQL's jsonlog, 15 and later.</summary>
    PostgresJson,

    /// <summary>Patroni's plain text.</summary>
    Patroni,

    /// <summary>Patroni's log.type json.</summary>
    PatroniJson,
}
