using System.Management.Automation;

namespace PatroniOps.LabTests.Support;

/// <summary>What a script gave.</summary>
internal sealed record Answer(IReadOnlyList<object> Objects, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings)
{
    public IReadOnlyList<T> All<T>() => [.. Objects.Cast<T>()];

    /// <summary>The errors about one member, by the id that scripts match on.</summary>
    public IReadOnlyList<string> ErrorIdsOf(string target) =>
        [.. Errors.Where(e => (string?)e.TargetObject == target).Select(IdOf)];

    /// <summary>The only error: its id and its text.</summary>
    public (string Id, string Text) OnlyError()
    {
        var error = Assert.Single(Errors);
        return (IdOf(error), error.Exception.Message);
    }

    private static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
