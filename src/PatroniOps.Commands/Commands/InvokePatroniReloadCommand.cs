using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>Invoke-PatroniReload: has Patroni read its patroni.yml again on each member, and PostgreSQL its configuration.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PatroniReload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PatroniReload))]
public sealed class InvokePatroniReloadCommand : SteeringCmdlet
{
    /// <summary>Members by name; wildcards are allowed. All by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? Member { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(c => ReloadAsync(c, cancellationToken), cancellationToken);

    private async Task ReloadAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        var filter = MemberFilter(Member, snapshot);
        foreach (var member in snapshot.Members.Where(m => filter(m.Name) && (Member is not null || !m.IsAbsent)))
        {
            var plan = $"Reload Patroni and PostgreSQL on {member.Name} of cluster {connection.Cluster}";
            if (!await ConfirmAsync($"{plan}.", $"{plan}?", "Reload").ConfigureAwait(false))
                continue;
            try
            {
                Emit(await MemberReload.RunAsync(connection, member, cancellationToken).ConfigureAwait(false));
            }
            catch (PatroniOpsException e)
            {
                EmitError(Failure.Record(e, member.Name));
            }
        }
    }
}
