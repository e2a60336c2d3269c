namespace PatroniOps.Diagnosis;

/// <summary>One value that a judgement rests on, and where it was read.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value as text; <c>unknown</c> with its reason when it was not read.</param>
/// <param name="Source">Member and place, such as <c>bar-psqldb02 pg_stat_replication</c>.</param>
public sealed record Evidence(string Name, string Value, string Source)
{
    public override string ToString() => $"{Name}: {Value} ({Source})";
}
