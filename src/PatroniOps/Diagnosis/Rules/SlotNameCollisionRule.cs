using PatroniOps.Patroni;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>SlotNameCollision: the names of two members become one slot name.</summary>
internal sealed class SlotNameCollisionRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        var groups = context.Snapshot.Members.Where(m => !m.IsAbsent).GroupBy(m => SlotName.FromMember(m.Name), StringComparer.Ordinal).Where(g => g.Count() > 1);
        foreach (var group in groups)
        {
            var names = string.Join(" and ", group.Select(m => m.Name));
            var isBroken = context.Links.Any(l => group.Contains(l.Replica) && context.IsStreaming(l) == false);
            yield return new Finding
            {
                Id = "SlotNameCollision",
                Severity = isBroken ? FindingSeverity.Critical : FindingSeverity.Warning,
                Message = $"{names} share the slot name {group.Key}: only one of them can stream at a time.",
                Cause = "Dashes and dots become underscores, and names are cut to 63 characters.",
                NextCommand = $"Get-PatroniSlot -Cluster {PowerShellText.Quote(context.Snapshot.Cluster)} -SlotName {PowerShellText.Quote(group.Key)}",
                Evidence = [new("members", names, "GET /cluster")],
            };
        }
    }
}
