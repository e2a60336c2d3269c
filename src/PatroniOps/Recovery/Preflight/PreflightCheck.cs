namespace PatroniOps.Recovery.Preflight;

/// <summary>One condition that must hold before anything is changed.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="HasPassed">Null: it could not be read, which does not pass.</param>
/// <param name="Text">What was found.</param>
public sealed record PreflightCheck(string Name, bool? HasPassed, string Text)
{
    public override string ToString() => $"{Name}: {(HasPassed switch { true => "ok", false => "FAILED", null => "UNKNOWN" })}: {Text}";
}
