namespace PatroniOps.Lab.Scenarios;

/// <summary>A replica's WAL receiver hangs and hears nothing, while both ends still say streaming.</summary>
public sealed class ReceiverStuck : IScenario
{
    public string Name => "receiver-stuck";

    public string Description => "a WAL receiver hangs, both ends still say streaming";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await HeldReceiver.StopAsync(victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"The WAL receiver of {victim.Name} hangs.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        HeldReceiver.Release(cluster.Member(broken.Member));
        await Healing.HealthyAsync(cluster, cancellationToken);
    }
}
