namespace PatroniOps.Lab.Processes;

/// <summary>Signals by their Linux numbers.</summary>
public enum LabSignal
{
    Hangup = 1,

    /// <summary>PostgreSQL: fast shutdown.</summary>
    Interrupt = 2,

    /// <summary>PostgreSQL: immediate shutdown.</summary>
    Quit = 3,
    Kill = 9,

    /// <summary>Patroni: orderly end, PostgreSQL included.</summary>
    Terminate = 15,
    Continue = 18,

    /// <summary>Freezes the process until Continue.</summary>
    Stop = 19,
}
