using PatroniOps.Lab.Configuration;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>Clients that go on after the scenario was set up, as processes of the lab; stopping the lab ends them.</summary>
internal static class Background
{
    /// <summary>Runs one SQL statement on a member, for as long as it takes.</summary>
    public static async Task SqlAsync(LabCluster cluster, string name, LabMember member, string sql, CancellationToken cancellationToken)
    {
        var connection = await member.ProgramConnectionAsync(cluster.Connection.Credentials.Superuser, cancellationToken);
        Start(cluster, name, ["psql", "-X", "-q", "-d", connection, "-c", sql]);
    }

    /// <summary>Receives WAL from a member: it occupies a walsender, and comes back when it is thrown out.</summary>
    public static async Task ReceiveWalAsync(LabCluster cluster, string name, LabMember member, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(cluster.Paths.MemberHome(member.Name), name);
        Directory.CreateDirectory(directory);
        LabUser.ForServers()?.Own(directory);
        var connection = await member.ProgramConnectionAsync(cluster.Connection.Credentials.Replication, cancellationToken);
        Start(cluster, name, ["pg_receivewal", "-D", directory, "-d", connection]);
    }

    public static async Task EndAsync(LabCluster cluster, string name, CancellationToken cancellationToken)
    {
        if (cluster.Launcher.PidFileOf(name).Read() is { } process)
            await process.EndAsync(LabSignal.Terminate, TimeSpan.FromSeconds(5), cancellationToken);
        cluster.Launcher.PidFileOf(name).Delete();
    }

    private static void Start(LabCluster cluster, string name, string[] command) => cluster.Launcher.Start(
        name,
        [Path.Combine(PostgresBinaries.Find(cluster.Options.PostgresBin), command[0]), .. command.Skip(1)],
        Path.Combine(cluster.Paths.Logs, $"{name}.log"));
}
