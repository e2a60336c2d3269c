using PatroniOps.Diagnosis;

namespace PatroniOps.Recovery.Planning.Rules;

/// <summary>FixRestoreCommand: the archive has it all and the member does not ask. What the command is only a person knows.</summary>
internal sealed class FixRestoreCommandRule : IRecoveryOptionRule
{
    public RecoveryOption Judge(PlanContext context)
    {
        var command = context.Target.Postgres.Settings.Value?.RestoreCommand;
        var (feasible, reason) = context.Wal.Status != WalAvailabilityStatus.AvailableInArchive
            ? (context.Wal.Status == WalAvailabilityStatus.Unknown ? (bool?)null : false, "no archive that is known has what its upstream lacks")
            : command switch
            {
                "" => (true, "the archive has the WAL, and the member has no restore_command"),
                null => (null, $"its restore_command was not read: {context.Target.Postgres.Settings.Reason ?? "the role may not see it"}"),
                _ => (false, "it has a restore_command"),
            };
        return new RecoveryOption
        {
            Method = RecoveryMethod.FixRestoreCommand,
            IsFeasible = feasible,
            Reason = reason,
            IsUndoable = true,
            IsAutomatic = context.RestoreCommand is not null,
            BytesToMove = context.Wal.MissingBytes,
            LeaderLoad = LeaderLoad.None,
            Risk = "A command that returns a damaged file replaces good WAL.",
            Steps =
            [
                $"Set-PatroniConfiguration -Setting @{{ '{RestoreCommandChange.Setting}' = {PowerShellText.Quote(context.RestoreCommand ?? "...")} }} (for all of {context.Snapshot.Cluster}; a standby asks it)",
                $"Watch {context.Target.Name} until it streams.",
            ],
        };
    }
}
