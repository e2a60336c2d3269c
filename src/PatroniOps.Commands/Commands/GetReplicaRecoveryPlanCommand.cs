using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Recovery.Planning;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Get-ReplicaRecoveryPlan: all ways back for a replica, ranked, each with why it is possible or not. Changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "ReplicaRecoveryPlan")]
[OutputType(typeof(ReplicaRecoveryPlan))]
public sealed class GetReplicaRecoveryPlanCommand : RebuildCmdlet
{
    /// <summary>The replicas, by name; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[] Member { get; set; } = [];

    /// <summary>A recorded cluster from Import-PatroniSnapshot: what needs the node is then not known.</summary>
    [Parameter]
    [ValidateNotNull]
    public ClusterSnapshot? Snapshot { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (Snapshot is { } recorded)
        {
            foreach (var member in Replicas(recorded))
                await ReportAsync(member, () =>
                {
                    Emit(RecoveryPlanReader.Read(recorded, member));
                    return Task.CompletedTask;
                }).ConfigureAwait(false);
            return;
        }
        await ForEachConnectionAsync(string.Join(", ", Member), async connection =>
        {
            foreach (var member in await ReplicasAsync(connection, cancellationToken).ConfigureAwait(false))
                await ReportAsync(member, async () => Emit(await PlanAsync(connection, Request(member), cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    // Who is there is looked up only where a pattern asks for it: each plan takes a look of its own.
    private async Task<IReadOnlyList<string>> ReplicasAsync(PatroniConnection connection, CancellationToken cancellationToken) =>
        Member.Any(WildcardPattern.ContainsWildcardCharacters) ? Replicas(await connection.CollectAsync(cancellationToken).ConfigureAwait(false)) : Member;

    // A pattern means replicas: the leader needs no way back.
    private IReadOnlyList<string> Replicas(ClusterSnapshot snapshot) => [.. Member.SelectMany(name => WildcardPattern.ContainsWildcardCharacters(name)
        ? snapshot.Members.Where(m => !m.IsLeader && WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(m.Name)).Select(m => m.Name)
        : [name]).Distinct()];
}
