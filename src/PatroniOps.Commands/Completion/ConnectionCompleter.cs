using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PatroniOps.Commands;

/// <summary>Completes connections: each as the expression that gives it, for a connection has no text of its own.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(ConnectionTable.OfThisRunspace().All.Select(c => c.Cluster), wordToComplete)
            .Select(r => new CompletionResult($"(Get-PatroniConnection {r.CompletionText})", r.ListItemText, r.ResultType, r.ToolTip));
}
