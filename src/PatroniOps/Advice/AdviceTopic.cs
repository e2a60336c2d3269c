namespace PatroniOps.Advice;

/// <summary>What a rule is about.</summary>
/// <param name="Setting">The setting's name.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="NeedsRestart">A new value needs a restart of PostgreSQL.</param>
/// <param name="Key">Where the dynamic configuration has it, when it is not a parameter of PostgreSQL.</param>
internal sealed record AdviceTopic(string Setting, string Source, bool NeedsRestart = false, IReadOnlyList<string>? Key = null)
{
    public static AdviceTopic Patroni(string source, params string[] key) => new(key[^1], source, Key: key);
}
