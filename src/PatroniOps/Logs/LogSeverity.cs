namespace PatroniOps.Logs;

/// <summary>How serious the writer took a message. PostgreSQL's LOG is not ordered among the others; here it stands beside Info.</summary>
public enum LogSeverity : long
{
    Unknown,
    Debug,
    Info,
    Log,
    Notice,
    Warning,
    Error,
    Critical,
    Fatal,
    Panic,
}
