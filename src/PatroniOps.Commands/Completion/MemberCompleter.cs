using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PatroniOps.Commands;

/// <summary>Completes the names of members that are known on open connections. Asks no server.</summary>
public sealed class MemberCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(ConnectionTable.OfThisRunspace().All.SelectMany(c => c.KnownMembers), wordToComplete);
}
