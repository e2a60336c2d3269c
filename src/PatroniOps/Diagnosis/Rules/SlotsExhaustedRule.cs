using PatroniOps.Observing;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>SlotsExhausted: no slot is free on a node that lacks one which it should have.</summary>
internal sealed class SlotsExhaustedRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        var missing = SlotComparison.Compare(context.Snapshot).Where(s => s.Status == PatroniSlotStatus.Missing).ToLookup(s => s.Member);
        foreach (var node in context.Snapshot.Members)
        {
            if (node.Postgres.Slots.Value is not { } slots || node.Postgres.Settings.Value?.MaximumReplicationSlots is not { } maximum)
                continue;
            if (slots.Count < maximum || !missing[node.Name].Any())
                continue;
            yield return new Finding
            {
                Id = "SlotsExhausted",
                Member = node.Name,
                Severity = FindingSeverity.Critical,
                Message = $"All {maximum} replication slots on {node.Name} are in use; {string.Join(", ", missing[node.Name].Select(s => s.SlotName))} cannot be created.",
                Cause = "max_replication_slots is too small for members, permanent and forgotten slots together.",
                NextCommand = context.Command("Get-PatroniSlot", node.Name),
                Evidence = [new("slots", $"{slots.Count} of {maximum}: {string.Join(", ", slots.Select(s => s.Name))}", $"{node.Name} pg_replication_slots")],
            };
        }
    }
}
