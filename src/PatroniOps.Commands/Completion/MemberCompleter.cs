using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PatroniOps.Commands;

/// <summary>Completes the names of members: of the clusters that the command line is about, absent ones included.</summary>
public sealed class MemberCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var meant = MeantClusters.Of(fakeBoundParameters);
        // A look may have seen one that has joined since; what is known of old is offered whether the cluster answers or not.
        var names = meant.Snapshots.SelectMany(s => s.Members.Select(m => m.Name)).Concat(meant.Connections.SelectMany(c => c.KnownMembers));
        return Completions.Matching(names, wordToComplete);
    }
}
