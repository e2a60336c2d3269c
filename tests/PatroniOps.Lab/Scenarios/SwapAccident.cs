namespace PatroniOps.Lab.Scenarios;

/// <summary>
/// A base backup was swapped in below a Patroni with use_pg_rewind: Patroni takes it for a crashed primary, recovers it in single-user mode, and it
/// writes WAL of its own under the leader's timeline.
/// </summary>
public sealed class SwapAccident : IScenario
{
    public string Name => "swap-accident";

    public string Description => "a swapped-in base backup has diverged on the leader's own timeline";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        if (!cluster.Options.UsePgRewind)
            throw new LabException("This needs a lab with use_pg_rewind.");
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        var copy = victim.DataDirectory + ".new";
        await ByHand.CopyAsync(cluster, leader, copy, cancellationToken);
        await victim.StopAsync(cancellationToken);
        Directory.Move(victim.DataDirectory, victim.DataDirectory + ".old");
        Directory.Move(copy, victim.DataDirectory);
        victim.Start();
        await Absence.IsReplicaAsync(cluster, victim, cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"The data directory of {victim.Name} was swapped for a base backup, which Patroni recovered on its own.");
    }
}
