using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Preflight;

namespace PatroniOps.Recovery;

/// <summary>A rebuild that was looked into and not begun.</summary>
/// <param name="Job">What it would do.</param>
/// <param name="Checks">Every condition, judged.</param>
/// <param name="Steps">What each step would do, with the commands.</param>
public sealed record RebuildDraft(RebuildJob Job, IReadOnlyList<PreflightCheck> Checks, IReadOnlyList<string> Steps)
{
    /// <summary>The conditions that do not hold or could not be read.</summary>
    public IReadOnlyList<PreflightCheck> Obstacles => [.. Checks.Where(c => c.HasPassed != true)];
}
