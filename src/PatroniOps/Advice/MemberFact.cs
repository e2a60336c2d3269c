using PatroniOps.Diagnosis;

namespace PatroniOps.Advice;

/// <summary>Whether a setting is fine on one member.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="IsFine">Null when it was not read.</param>
/// <param name="Value">The value there, or why it is not known.</param>
internal sealed record MemberFact(string Member, bool? IsFine, string Value)
{
    public Evidence Evidence(string setting) => new(setting, IsFine is null ? $"unknown: {Value}" : Value, $"{Member} pg_settings");
}
