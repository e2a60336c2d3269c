namespace PatroniOps.Diagnosis.Rules;

/// <summary>CollationOutdated: a node whose library sorts text by another version than that under which a database's indexes were made.</summary>
internal sealed class CollationOutdatedRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var member in context.Snapshot.Members)
        {
            if (member.Postgres.Collations.Value?.Outdated is not { Count: > 0 } outdated)
                continue;
            yield return new Finding
            {
                Id = "CollationOutdated",
                Member = member.Name,
                Severity = FindingSeverity.Warning,
                Message = $"{member.Name} sorts text by another library version than that under which {string.Join(", ", outdated.Select(o => $"{o.Database} ({o.Recorded}, now {o.Actual})"))} was made. Indexes on text may be wrong there.",
                Cause = "The operating system was upgraded under the data, or the data was copied from another one.",
                NextCommand = "psql: REINDEX DATABASE, then ALTER DATABASE ... REFRESH COLLATION VERSION on the leader",
                Evidence = [.. outdated.Select(o => new Evidence("collation version", $"{o.Recorded} recorded, {o.Actual} actual", $"{member.Name} pg_database {o.Database}"))],
            };
        }
    }
}
