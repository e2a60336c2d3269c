using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatroniOps.Observing;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>Completes the names of slots: those that are there and those that should be, on the member that is named. Of a cluster that does not answer, the names that Patroni makes of its members'.</summary>
public sealed class SlotCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var meant = MeantClusters.Of(fakeBoundParameters);
        var members = BoundValues.Of<string>(fakeBoundParameters, "Member").Select(m => WildcardPattern.Get(m, WildcardOptions.IgnoreCase)).ToList();
        var seen = meant.Snapshots.SelectMany(SlotComparison.Compare).Where(s => IsMeant(members, s)).Select(s => s.SlotName);
        var silent = meant.Silent.SelectMany(c => c.KnownMembers).Select(SlotName.FromMember);
        return Completions.Matching(seen.Concat(silent), wordToComplete);
    }

    private static bool IsMeant(List<WildcardPattern> members, PatroniSlot slot) =>
        members.Count == 0 || members.Exists(p => p.IsMatch(slot.Member) || (slot.ForMember is { } member && p.IsMatch(member)));
}
