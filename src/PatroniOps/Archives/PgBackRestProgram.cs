using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Archives;

/// <summary>pgBackRest as a program that is asked: it writes no log file, and its output is the answer alone.</summary>
/// <param name="Location">The options that say where the repository is.</param>
/// <param name="RunAs">The user to run it as; null: whoever logs in.</param>
internal sealed record PgBackRestProgram(IReadOnlyList<string> Location, string? RunAs)
{
    // It cites what it could not read, and that may be an encrypted file.
    private const int LongestComplaint = 200;

    public static PgBackRestProgram Configured(string configuration, string? runAs) => new([$"--config={configuration}"], runAs);

    /// <summary>For a repository on a path. What is configured on the machine may be another one.</summary>
    public static PgBackRestProgram Of(string repository, string? runAs) => new(["--no-config", $"--repo1-path={repository}"], runAs);

    /// <summary>A call that only reads.</summary>
    public NodeCommand Call(string command, params IReadOnlyList<string> arguments) =>
        new("pgbackrest", [.. Location, "--log-level-console=off", "--log-level-stderr=error", "--log-level-file=off", command, .. arguments]) { RunAs = RunAs };

    /// <summary>Its first complaint, without what no terminal shows.</summary>
    public static string Complaint(NodeResult result)
    {
        var line = result.Error.Split('\n').FirstOrDefault(l => l.Contains("ERROR:", StringComparison.Ordinal)) ?? result.Said;
        var text = string.Concat(line.Where(c => !char.IsControl(c) && c != '\uFFFD'));
        return Redaction.Text(text.Length > LongestComplaint ? text[..LongestComplaint] : text).Trim();
    }
}
