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

    public Login Rest { get; init; } = new();

    public Login Postgres { get; init; } = new();
}
