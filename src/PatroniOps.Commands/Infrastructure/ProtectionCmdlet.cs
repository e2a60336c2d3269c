using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Protection;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>What Protect-PatroniMember and Unprotect-PatroniMember share: each lets go first what has ended.</summary>
public abstract class ProtectionCmdlet : SteeringCmdlet
{
    /// <summary>How long to wait until the leader has the change; one minute by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    private protected Protector Protector(PatroniConnection connection) =>
        new(connection, new ProtectionJournal(StateFolder.Path, connection.Cluster, connection.SystemIdentifier), Timeout);

    /// <summary>Lets go every protection of this machine whose time is over or whose slot keeps too much.</summary>
    private protected async Task LetGoEndedAsync(PatroniConnection connection, ClusterSnapshot snapshot, Action<PatroniProtection> tell, CancellationToken cancellationToken)
    {
        var protector = Protector(connection);
        foreach (var (record, why) in protector.Ended(snapshot))
            if (await LetGoAsync(connection, protector, record, why, cancellationToken).ConfigureAwait(false) is { } done)
                tell(done);
    }

    private protected async Task<PatroniProtection?> LetGoAsync(PatroniConnection connection, Protector protector, ProtectionRecord record, string why, CancellationToken cancellationToken)
    {
        var plan = $"Let slot {record.SlotName} of {record.Member} in cluster {connection.Cluster} go: {why}";
        if (!await ConfirmAsync($"{plan}.", $"{plan}?", "Protection").ConfigureAwait(false))
            return null;
        // Others change the configuration too: what is there now counts.
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        return await protector.LetGoAsync(record, why, snapshot, cancellationToken).ConfigureAwait(false);
    }
}
