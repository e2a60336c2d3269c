namespace PatroniOps.Diagnosis.Rules;

/// <summary>CheckpointBlocked: the checkpointer waits for a slot that its receiver does not let go; measured to last for minutes, while WAL piles up.</summary>
internal sealed class CheckpointBlockedRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var member in context.Snapshot.Members)
        {
            if (member.Postgres.Backends.Value?.FirstOrDefault(b => b is { Type: "checkpointer", WaitEvent: "ReplicationSlotDrop" }) is null)
                continue;
            yield return new Finding
            {
                Id = "CheckpointBlocked",
                Member = member.Name,
                Severity = FindingSeverity.Critical,
                Message = $"{member.Name}'s checkpoint hangs: it wants to invalidate a slot whose walsender does not end.",
                Cause = "A frozen WAL receiver holds a slot past max_slot_wal_keep_size.",
                NextCommand = context.Command("Get-PatroniSlot", member.Name),
                Evidence = [new("checkpointer", "waits for ReplicationSlotDrop", $"{member.Name} pg_stat_activity")],
            };
        }
    }
}
