using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>
/// Restart-PatroniMember: restarts PostgreSQL on members, one at a time, each back before the next: replicas first, the leader last, after a switchover.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "PatroniMember", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PatroniRestart))]
public sealed class RestartPatroniMemberCommand : SteeringCmdlet
{
    // The order is that of the cluster, not of the pipeline: all records are there before the first is restarted.
    private readonly Dictionary<PatroniConnection, List<string>> wanted = [];

    /// <summary>Members by name; wildcards are allowed: * is the whole cluster.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>Only those that wait for a restart.</summary>
    [Parameter]
    public SwitchParameter PendingOnly { get; set; }

    /// <summary>How long each may take until it is back; ten minutes by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(connection =>
    {
        if (!wanted.TryGetValue(connection, out var names))
            wanted[connection] = names = [];
        names.AddRange(Member);
        return Task.CompletedTask;
    }, cancellationToken);

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var (connection, names) in wanted)
            await GuardAsync(connection, () => RestartAsync(connection, [.. names], cancellationToken)).ConfigureAwait(false);
    }

    private async Task RestartAsync(PatroniConnection connection, string[] names, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false);
        var members = RollingRestart.Order(MemberFilter(names, snapshot), PendingOnly, snapshot);
        if (members.Count == 0)
        {
            EmitVerbose($"No member of cluster {connection.Cluster} is to be restarted{(PendingOnly ? ": none of them waits for it" : "")}.");
            return;
        }
        Refuse(RollingRestart.Check(members, snapshot), connection.Cluster);
        var plan = string.Concat(RollingRestart.Plan(members, snapshot).Select((step, index) => $"{Environment.NewLine}  {index + 1}. {step}"));
        if (!await ConfirmAsync($"Restart members of cluster {connection.Cluster}:{plan}", $"Restart members of cluster {connection.Cluster}?{plan}", "Restart PostgreSQL").ConfigureAwait(false))
            return;
        // Time has passed at the prompt: what held before it must hold now.
        Refuse(RollingRestart.Check(members, await connection.CollectAnewAsync(cancellationToken).ConfigureAwait(false)), connection.Cluster);
        var activity = $"{connection.Cluster}: restart";
        await new RollingRestart(connection, Timeout, PendingOnly, phase => EmitProgress(new ProgressRecord(1, activity, phase))).RunAsync(members, Emit, cancellationToken).ConfigureAwait(false);
        EmitProgress(new ProgressRecord(1, activity, "done") { RecordType = ProgressRecordType.Completed });
    }

    private void Refuse(IReadOnlyList<PreflightCheck> checks, string cluster)
    {
        foreach (var check in checks)
            EmitVerbose(check.ToString());
        PreflightCheck.Require(checks, $"No member of cluster {cluster} is restarted");
    }
}
