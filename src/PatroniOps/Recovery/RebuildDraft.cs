using PatroniOps.Diagnosis;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Recovery;

/// <summary>A rebuild that was looked into and not begun.</summary>
/// <param name="Job">What it would do.</param>
/// <param name="Checks">Every condition, judged.</param>
/// <param name="Steps">What each step would do, with the commands.</param>
public sealed record RebuildDraft(RebuildJob Job, IReadOnlyList<PreflightCheck> Checks, IReadOnlyList<string> Steps)
{
    /// <summary>What it would move; null when not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>How far to trust the number; null when it is exact or there is none.</summary>
    public string? BytesNote { get; init; }
}
