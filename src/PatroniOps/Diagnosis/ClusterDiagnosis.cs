using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>Judges a cluster by all rules. Pure: the same snapshot and thresholds give the same verdict anywhere.</summary>
public static class ClusterDiagnosis
{
    // Adding a rule is adding its file.
    private static readonly IReadOnlyList<IDiagnosisRule> Rules =
    [
        .. typeof(IDiagnosisRule).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IDiagnosisRule).IsAssignableFrom(t))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => (IDiagnosisRule)Activator.CreateInstance(t)!),
    ];

    private static readonly string[] FineStates = ["running", "streaming", "in archive recovery"];

    public static ClusterVerdict Judge(ClusterSnapshot snapshot, Thresholds? thresholds = null)
    {
        var context = new DiagnosisContext(snapshot, thresholds ?? new Thresholds());
        var findings = Rules.SelectMany(rule => rule.Judge(context))
            .Select(f => f with { ConnectionId = snapshot.ConnectionId, Cluster = snapshot.Cluster })
            .OrderByDescending(f => f.Severity)
            .ThenBy(f => f.Member, StringComparer.Ordinal)
            .ThenBy(f => f.Id, StringComparer.Ordinal)
            .ToList();
        var members = snapshot.Members.Select(m => Judge(m, [.. findings.Where(f => f.Member == m.Name)], snapshot)).ToList();
        var own = findings.Where(f => f.Member is null).Select(f => VerdictOf(f, isFine: false));
        return new ClusterVerdict
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Verdict = own.Concat(members.Select(m => m.Verdict)).DefaultIfEmpty(Verdict.Unknown).Max(),
            Members = members,
            Findings = findings,
            NextCommand = findings.Select(f => f.NextCommand).FirstOrDefault(c => c is not null),
            TakenAt = snapshot.TakenAt,
        };
    }

    private static MemberVerdict Judge(MemberSnapshot member, IReadOnlyList<Finding> findings, ClusterSnapshot snapshot)
    {
        var state = member.Patroni.Value?.State ?? member.Listed?.State;
        return new MemberVerdict
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = member.Name,
            Verdict = findings.Select(f => VerdictOf(f, state)).DefaultIfEmpty(Verdict.Healthy).Max(),
            State = state,
            Findings = findings,
        };
    }

    /// <summary>What one finding makes of its member, or of the cluster.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="state">What Patroni calls the member.</param>
    internal static Verdict VerdictOf(Finding finding, string? state) => VerdictOf(finding, FineStates.Contains(state));

    private static Verdict VerdictOf(Finding finding, bool isFine) => finding.Severity switch
    {
        FindingSeverity.Info => Verdict.Healthy,
        FindingSeverity.Warning => Verdict.Degraded,
        FindingSeverity.Unknown => Verdict.Unknown,
        _ when finding.Area == FindingArea.Archive => Verdict.Degraded,
        _ when finding.Area == FindingArea.Replication && isFine => Verdict.PseudoHealthy,
        _ => Verdict.Critical,
    };
}
