namespace PatroniOps.Host.CommandLine;

/// <summary>The command line, read.</summary>
internal sealed record HostOptions
{
    /// <summary>What to run; null when nothing was named.</summary>
    public Work? Work { get; init; }

    public OutputFormat Output { get; init; } = OutputFormat.Table;

    public bool Verbose { get; init; }

    public bool Help { get; init; }

    public bool Version { get; init; }

    /// <summary>The manifest, or its folder, to load instead of the one found.</summary>
    public string? Module { get; init; }

    /// <summary>The file of the log; <c>-</c> is standard error; null without one.</summary>
    public string? LogPath { get; init; }

    /// <summary>The file that keeps a second run out; null without one.</summary>
    public string? LockPath { get; init; }

    /// <summary>How long to wait for it.</summary>
    public TimeSpan LockWait { get; init; }

    public Login Rest { get; init; } = new();

    public Login Postgres { get; init; } = new();
}
