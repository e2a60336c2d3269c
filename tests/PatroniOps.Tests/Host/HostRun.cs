namespace PatroniOps.Tests.Host;

/// <summary>What one run of <c>patroniops</c> left.</summary>
public sealed record HostRun(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
