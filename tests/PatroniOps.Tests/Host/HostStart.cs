namespace PatroniOps.Tests.Host;

/// <summary>How to start <c>patroniops</c>.</summary>
internal sealed record HostStart(params string[] Arguments)
{
    public string Input { get; init; } = "";

    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>Where the executable lies; null for the build output.</summary>
    public string? Folder { get; init; }
}
