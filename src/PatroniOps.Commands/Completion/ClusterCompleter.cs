using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PatroniOps.Commands;

/// <summary>Completes the names of connected clusters.</summary>
public sealed class ClusterCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(ConnectionTable.OfThisRunspace().All.Select(c => c.Cluster), wordToComplete);
}
