using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Planning;

namespace PatroniOps.Commands;

/// <summary>Repair-PatroniReplica: carries out the cheapest safe way back, or the one that is named. Plans are made anew: those of the pipeline only name the member.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "PatroniReplica", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ReplicaRepairResult))]
public sealed class RepairPatroniReplicaCommand : RebuildCmdlet
{
    /// <summary>The replicas, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>This way, and no other; without it the plan's choice.</summary>
    [Parameter]
    public RecoveryMethod? Method { get; set; }

    /// <summary>With FixRestoreCommand: the restore_command to give the cluster through its dynamic configuration. It is your word: nobody else knows the archive.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RestoreCommand { get; set; }

    /// <summary>How long the member must have streamed before the repair counts as done; 30 s by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan SoakTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing may change before the repair counts as stalled; 5 minutes by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(string.Join(", ", Member), async connection =>
    {
        foreach (var member in Member)
            await ReportAsync(member, () => RepairAsync(connection, member, cancellationToken)).ConfigureAwait(false);
    }, cancellationToken);

    private async Task RepairAsync(PatroniConnection connection, string member, CancellationToken cancellationToken)
    {
        var request = Request(member) with { SoakTime = SoakTime, RestoreCommand = RestoreCommand };
        var plan = await PlanAsync(connection, request, cancellationToken).ConfigureAwait(false);
        foreach (var possible in plan.Options)
            EmitVerbose(possible.ToString());
        if (plan.First is { } first)
            EmitWarning(first);
        var option = Chosen(plan);
        if (!await AskAsync($"{option.Method} {plan.Member} of cluster {connection.Cluster}{(option.IsUndoable ? "" : ", which cannot be undone")}", option.Steps).ConfigureAwait(false))
            return;
        var activity = $"{option.Method} {plan.Member}";
        var repair = new ReplicaRepair(connection, Journals, request with { Member = plan.Member }, StallTimeout, p => Show(activity, p), EmitVerbose);
        Emit(await repair.RunAsync(option.Method, cancellationToken).ConfigureAwait(false));
        Complete(activity);
    }

    private RecoveryOption Chosen(ReplicaRecoveryPlan plan)
    {
        if (Method is null && plan.Choice is null)
            throw new PatroniOpsException(FailureKind.Refused, $"{plan.Member} is not repaired, nothing was changed: {plan.ChoiceReason}.");
        var option = plan.Options.First(o => o.Method == (Method ?? plan.Choice));
        if (RestoreCommand is not null && option.Method != RecoveryMethod.FixRestoreCommand)
            throw new PatroniOpsException(FailureKind.Refused,
                $"{plan.Member} is not repaired, nothing was changed: -RestoreCommand is for FixRestoreCommand, and {option.Method} comes before it: {option.Reason}. Name one of the two alone.");
        return option.IsFeasible == true && option.IsAutomatic
            ? option
            : throw new PatroniOpsException(FailureKind.Refused,
                $"{plan.Member} is not repaired, nothing was changed: {option.Method} {(option.IsFeasible == true ? "needs your decision (-RestoreCommand)" : option.IsFeasible == false ? "is not possible" : "is not known to be possible")}: {option.Reason}.");
    }
}
