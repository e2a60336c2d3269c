using PatroniOps.Patroni;

namespace PatroniOps.Diagnosis;

/// <summary>One condition that must hold before anything is changed.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="HasPassed">Null: it could not be read, which does not pass.</param>
/// <param name="Text">What was found.</param>
public record PreflightCheck(string Name, bool? HasPassed, string Text)
{
    /// <summary>What is in the way, for an error.</summary>
    public string Objection => (HasPassed == false ? Text : $"not known: {Text}").TrimEnd('.');

    /// <summary>Refuses, with all objections together, unless every condition holds.</summary>
    /// <param name="checks">The conditions.</param>
    /// <param name="whatIsNotDone">What does not happen then, such as <c>db4 is not rebuilt</c>.</param>
    /// <exception cref="PatroniOpsException">One does not hold, or was not read.</exception>
    public static void Require(IEnumerable<PreflightCheck> checks, string whatIsNotDone)
    {
        var objections = checks.Where(c => c.HasPassed != true).Select(c => c.Objection).Distinct().ToList();
        if (objections.Count > 0)
            throw new PatroniOpsException(FailureKind.Refused, $"{whatIsNotDone}, nothing was changed: {string.Join("; ", objections)}.");
    }

    public sealed override string ToString() => $"{Name}: {(HasPassed switch { true => "ok", false => "FAILED", null => "UNKNOWN" })}: {Text}";
}
