using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>Other receivers use up max_wal_senders, and a replica cannot come back.</summary>
public sealed class SendersFull : IScenario
{
    private const string Client = "receiver";

    public string Name => "senders-full";

    public string Description => "all walsenders are in use, and a replica cannot connect";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        var postmaster = victim.Postmaster ?? throw new LabException($"{victim.Name} does not run.");
        postmaster.Signal(LabSignal.Stop);
        await ShortAbsence.CutAsync(leader, victim, cancellationToken);
        var wanted = await leader.ScalarAsync<long>("SELECT current_setting('max_wal_senders')::bigint", cancellationToken);
        for (var taken = await SendersAsync(leader, cancellationToken); taken < wanted; taken++)
        {
            await Background.ReceiveWalAsync(cluster, $"{Client}{taken}", leader, cancellationToken);
            await Poll.UntilAsync(
                "a walsender to be taken",
                TimeSpan.FromSeconds(10),
                async token => await SendersAsync(leader, token) > taken ? null : "it is not yet",
                cancellationToken);
        }

        postmaster.Signal(LabSignal.Continue);
        return new ScenarioResult(leader.Name, victim.Name, $"Other receivers hold all {wanted} walsenders of {leader.Name}.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < cluster.Options.MaxWalSenders; i++)
            await Background.EndAsync(cluster, $"{Client}{i}", cancellationToken);
        await Healing.HealthyAsync(cluster, cancellationToken);
    }

    private static Task<long> SendersAsync(LabMember leader, CancellationToken cancellationToken) =>
        leader.ScalarAsync<long>("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'", cancellationToken);
}
