using PatroniOps.Diagnosis;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>What a scenario must give: the verdicts, and every finding with its severity. Whoever is not named is Healthy.</summary>
/// <param name="Cluster">The cluster's verdict.</param>
/// <param name="Member">The broken member's verdict.</param>
/// <param name="Findings">
/// One line each: "who id severity", where who is leader, member, other (any member else), or cluster for those of the cluster as a whole.
/// </param>
internal sealed record Expectation(Verdict Cluster, Verdict Member, params string[] Findings)
{
    public Verdict Leader { get; init; } = Verdict.Healthy;

    public Verdict Others { get; init; } = Verdict.Healthy;

    /// <summary>Passes by itself: one look that agrees is enough. Otherwise two looks in a row must.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Nothing else may be said even once: a false finding that goes by itself would else be waited out.</summary>
    public bool IsAtOnce { get; init; }

    /// <summary>The differences, or an empty text.</summary>
    public string Compare(ClusterVerdict verdict, ScenarioResult broken)
    {
        var differences = new List<string>();
        if (verdict.Verdict != Cluster)
            differences.Add($"cluster is {verdict.Verdict}, not {Cluster}");
        foreach (var member in verdict.Members)
        {
            var wanted = member.Member == broken.Leader ? Leader : member.Member == broken.Member ? Member : Others;
            if (member.Verdict != wanted)
                differences.Add($"{member.Member} is {member.Verdict}, not {wanted}");
        }

        var actual = verdict.Findings.Select(f => $"{Who(f.Member, broken)} {f.Id} {f.Severity}").ToList();
        if (actual.Count != actual.Distinct().Count())
            differences.Add($"something is told twice: {string.Join(", ", actual)}");
        differences.AddRange(Findings.Except(actual).Select(f => $"lacks: {f}"));
        differences.AddRange(verdict.Findings.Where(f => !Findings.Contains($"{Who(f.Member, broken)} {f.Id} {f.Severity}")).Select(f => $"has: {Who(f.Member, broken)} {f}"));
        return string.Join("\n", differences);
    }

    private static string Who(string? member, ScenarioResult broken) =>
        member is null ? "cluster" : member == broken.Leader ? "leader" : member == broken.Member ? "member" : "other";
}
