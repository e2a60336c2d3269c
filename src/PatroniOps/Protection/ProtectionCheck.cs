using PatroniOps.Diagnosis;

namespace PatroniOps.Protection;

/// <summary>One condition on which a protection depends.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="HasPassed">Null: it is not known, which does not pass.</param>
/// <param name="Text">What was found.</param>
/// <param name="IsEssential">Without knowing it nothing is changed.</param>
public sealed record ProtectionCheck(string Name, bool? HasPassed, string Text, bool IsEssential = false) : PreflightCheck(Name, HasPassed, Text);
