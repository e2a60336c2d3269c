namespace PatroniOps.Host.CommandLine;

/// <summary>What the process returns when the script does not say <c>exit N</c> itself.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>An error was reported.</summary>
    public const int Error = 1;

    /// <summary>The command line, or the syntax of the script, is wrong; nothing ran.</summary>
    public const int Usage = 2;

    /// <summary>Another run holds the lock; nothing ran (EX_TEMPFAIL of sysexits.h).</summary>
    public const int Locked = 75;

    /// <summary>Ended by Ctrl+C (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of standard output went away (128 + SIGPIPE).</summary>
    public const int OutputClosed = 141;

    /// <summary>Ended by SIGTERM (128 + SIGTERM).</summary>
    public const int Terminated = 143;
}
