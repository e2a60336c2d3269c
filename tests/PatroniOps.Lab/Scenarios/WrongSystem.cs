using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>During maintenance, the data directory of another cluster was put below a replica and started as a standby.</summary>
public sealed class WrongSystem : IScenario
{
    private const string Server = "foreign";

    public string Name => "wrong-system-identifier";

    public string Description => "a replica runs the data directory of another cluster";

    public async Task<ScenarioResult> BreakAsync(LabCluster cluster, CancellationToken cancellationToken = default)
    {
        var (leader, victim) = await Absence.ChooseAsync(cluster, cancellationToken);
        await Pause.BeginAsync(cluster, leader, cancellationToken);
        await ByHand.StopAsync(victim, cancellationToken);
        Directory.Move(victim.DataDirectory, Kept(victim));
        await cluster.Launcher.RunAsync(
            [ByHand.Program(cluster, "initdb"), "-D", victim.DataDirectory, "-U", cluster.Connection.Credentials.Superuser.Username, "-A", "trust", "--no-sync"], cancellationToken);

        ByHand.Start(cluster, victim, Server);
        var observer = cluster.Connection.Credentials.Observer.Username;
        await Poll.UntilAsync(
            "the other cluster to take a role",
            cluster.Options.StartTimeout,
            async token =>
            {
                await victim.ExecuteAsync($"CREATE ROLE {observer} LOGIN IN ROLE pg_monitor", token);
                return null;
            },
            cancellationToken);
        await ByHand.StopAsync(victim, cancellationToken);
        var signal = Path.Combine(victim.DataDirectory, "standby.signal");
        await File.WriteAllTextAsync(signal, "", cancellationToken);
        LabUser.ForServers()?.Own(signal);

        var conninfo = await leader.ProgramConnectionAsync(cluster.Connection.Credentials.Replication, cancellationToken);
        ByHand.Start(cluster, victim, Server, "-c", $"primary_conninfo={conninfo} application_name={victim.Name}");
        await Poll.UntilAsync(
            "the standby to answer",
            cluster.Options.StartTimeout,
            async token => await victim.ScalarAsync<bool>("SELECT pg_is_in_recovery()", token) ? null : "it is none",
            cancellationToken);
        return new ScenarioResult(leader.Name, victim.Name, $"During a pause, another cluster's data directory was put below {victim.Name} and started as a standby.");
    }

    public async Task HealAsync(LabCluster cluster, ScenarioResult broken, CancellationToken cancellationToken = default)
    {
        var victim = cluster.Member(broken.Member);
        await ByHand.StopAsync(victim, cancellationToken);
        LabFiles.Delete(victim.DataDirectory);
        Directory.Move(Kept(victim), victim.DataDirectory);
        await Pause.EndAsync(cluster.Member(broken.Leader), cancellationToken);
        await Healing.StartAsync(cluster, cancellationToken);
    }

    private static string Kept(LabMember member) => member.DataDirectory + ".own";
}
