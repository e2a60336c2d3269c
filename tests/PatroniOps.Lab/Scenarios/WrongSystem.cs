using PatroniOps.Lab.Configuration;
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
        await StopAsync(victim, cancellationToken);
        Directory.Move(victim.DataDirectory, Kept(victim));
        await cluster.Launcher.RunAsync(
            [Program(cluster, "initdb"), "-D", victim.DataDirectory, "-U", cluster.Connection.Credentials.Superuser.Username, "-A", "trust", "--no-sync"], cancellationToken);

        Start(cluster, victim);
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
        await StopAsync(victim, cancellationToken);
        var signal = Path.Combine(victim.DataDirectory, "standby.signal");
        await File.WriteAllTextAsync(signal, "", cancellationToken);
        LabUser.ForServers()?.Own(signal);

        var conninfo = await leader.ProgramConnectionAsync(cluster.Connection.Credentials.Replication, cancellationToken);
        Start(cluster, victim, "-c", $"primary_conninfo={conninfo} application_name={victim.Name}");
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
        await StopAsync(victim, cancellationToken);
        LabFiles.Delete(victim.DataDirectory);
        Directory.Move(Kept(victim), victim.DataDirectory);
        await Pause.EndAsync(cluster.Member(broken.Leader), cancellationToken);
        await Healing.StartAsync(cluster, cancellationToken);
    }

    private static string Kept(LabMember member) => member.DataDirectory + ".own";

    private static string Program(LabCluster cluster, string name) => Path.Combine(PostgresBinaries.Find(cluster.Options.PostgresBin), name);

    private static void Start(LabCluster cluster, LabMember member, params string[] settings) => cluster.Launcher.Start(
        Server,
        [
            Program(cluster, "postgres"), "-D", member.DataDirectory, "-p", $"{member.Port}",
            "-c", $"listen_addresses={member.Host}", "-c", $"unix_socket_directories={cluster.Paths.Sockets}", .. settings,
        ],
        Path.Combine(cluster.Paths.Logs, $"{Server}.log"));

    private static async Task StopAsync(LabMember member, CancellationToken cancellationToken)
    {
        if (member.Postmaster is { } postmaster)
            await postmaster.EndAsync(LabSignal.Interrupt, TimeSpan.FromSeconds(10), cancellationToken);
    }
}
