using PatroniOps.Diagnosis;

namespace PatroniOps.Recovery.Planning;

/// <summary>Ranks the ways back for a replica: a pure function of what was read.</summary>
internal static class RecoveryPlanner
{
    private static readonly IReadOnlyList<IRecoveryOptionRule> Rules =
    [
        .. from type in typeof(RecoveryPlanner).Assembly.GetTypes()
           where type.IsAssignableTo(typeof(IRecoveryOptionRule)) && type is { IsInterface: false, IsAbstract: false }
           select (IRecoveryOptionRule)Activator.CreateInstance(type)!,
    ];

    public static ReplicaRecoveryPlan Plan(PlanContext context)
    {
        var options = Rules.Select(r => r.Judge(context)).OrderBy(o => o.Method).ToList();
        var sole = IsSoleCopy(context);
        var (choice, why) = Choose(options);
        return new ReplicaRecoveryPlan
        {
            ConnectionId = context.Snapshot.ConnectionId,
            Cluster = context.Snapshot.Cluster,
            Member = context.Target.Name,
            Status = context.Wal.Status,
            Reason = context.Wal.Reason,
            IsSoleCopy = sole,
            First = sole == true ? $"{context.Snapshot.Leader?.Name ?? "The leader"} holds the only good copy: take and verify a backup elsewhere first (New-PatroniBaseBackup -Destination /path -HostName another), and do not move the leader." : null,
            Choice = choice?.Method,
            ChoiceReason = why,
            IsUndoable = choice?.IsUndoable,
            Options = options,
            NextCommand = Command(context, choice),
        };
    }

    /// <summary>
    /// The first that is possible, in the order of the methods. One that cannot be undone only when the one that can is certainly not possible; nothing is
    /// copied while the member may still recover by itself.
    /// </summary>
    internal static (RecoveryOption? Choice, string Why) Choose(IReadOnlyList<RecoveryOption> options)
    {
        var wait = options.First(o => o.Method == RecoveryMethod.Wait);
        foreach (var option in options.OrderBy(o => o.Method).Where(o => o.IsFeasible == true && o.IsAutomatic))
        {
            if (wait.IsFeasible is null && option.Method >= RecoveryMethod.RestoreWal)
                return (null, $"{option.Method} is possible; whether it recovers without that is not known: {wait.Reason.TrimEnd('.')}. Look again, or name -Method {option.Method}");
            if (option.IsUndoable)
                return (option, option.Reason);
            var open = options.FirstOrDefault(o => o.IsUndoable && o.IsAutomatic && o.IsFeasible is null && o.Method != RecoveryMethod.Wait);
            return open is null
                ? (option, $"{option.Reason}; nothing that can be undone is possible")
                : (null, $"{option.Method} is possible and cannot be undone; whether {open.Method}, which can, is possible is not known: {open.Reason}. Find that out, or name -Method {option.Method}");
        }
        return (null, options.FirstOrDefault(o => o.IsFeasible is null) is { } unknown
            ? $"nothing is known to be possible; whether {unknown.Method} is, is not known: {unknown.Reason.TrimEnd('.')}"
            : "nothing is known to be possible");
    }

    // Another replica that streams is a good copy; one that was not read may be one.
    private static bool? IsSoleCopy(PlanContext context)
    {
        var others = context.Snapshot.Members.Where(m => m != context.Target && m != context.Snapshot.Leader)
            .Select(m => ReplicationCheck.IsStreaming(ReplicaLink.Of(m, context.Snapshot), context.Snapshot)).ToList();
        return others.Any(s => s == true) ? false : others.Any(s => s is null) ? null : true;
    }

    private static string? Command(PlanContext context, RecoveryOption? choice) => choice?.Method switch
    {
        null => $"Get-ReplicaRecoveryPlan {PowerShellText.Quote(context.Target.Name)}",
        RecoveryMethod.Wait => null,
        { } method => $"Repair-PatroniReplica {PowerShellText.Quote(context.Target.Name)} -Method {method}",
    };
}
