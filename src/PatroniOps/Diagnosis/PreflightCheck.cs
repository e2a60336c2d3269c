using PatroniOps.Patroni;

namespace PatroniOps.Diagnosis;

/// <summary>One condition that must hold before anything is changed.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="HasPassed">Null: it could not be read, which does not pass.</param>
/// <param name="Text">What was found.</param>
public record PreflightCheck(string Name, bool? HasPassed, string Text)
{
    /// <summary>
    /// Whether not knowing it forbids the change. False only where the reading is not the caller's to give and the method has always been his to name:
    /// it is then told as unknown, and never as passed.
    /// </summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>It stands against the change.</summary>
    public bool IsObjection => HasPassed == false || (HasPassed is null && IsRequired);

    /// <summary>What is in the way, for an error.</summary>
    public string Objection => (HasPassed == false ? Text : $"not known: {Text}").TrimEnd('.');

    /// <summary>Refuses, with all objections together, unless every condition holds that must.</summary>
    /// <param name="checks">The conditions.</param>
    /// <param name="whatIsNotDone">What does not happen then, such as <c>db4 is not rebuilt</c>.</param>
    /// <exception cref="PatroniOpsException">One does not hold, or was not read.</exception>
    public static void Require(IEnumerable<PreflightCheck> checks, string whatIsNotDone)
    {
        var objections = checks.Where(c => c.IsObjection).Select(c => c.Objection).Distinct().ToList();
        if (objections.Count > 0)
            throw new PatroniOpsException(FailureKind.Refused, $"{whatIsNotDone}, nothing was changed: {string.Join("; ", objections)}.");
    }

    public sealed override string ToString() => $"{Name}: {(HasPassed switch { true => "ok", false => "FAILED", null => "UNKNOWN" })}: {Text}";
}
