namespace PatroniOps.Steering;

/// <summary>One condition that must hold before the cluster is given another leader or a member is restarted.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="HasPassed">Null: it could not be read, which does not pass.</param>
/// <param name="Text">What was found.</param>
public sealed record SteeringCheck(string Name, bool? HasPassed, string Text)
{
    /// <summary>What is in the way, for an error.</summary>
    public string Objection => HasPassed == false ? Text : $"not known: {Text}";

    public override string ToString() => $"{Name}: {(HasPassed switch { true => "ok", false => "FAILED", null => "UNKNOWN" })}: {Text}";
}
