using PatroniOps.Lab.Configuration;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A member's PostgreSQL, handled without Patroni.</summary>
internal static class ByHand
{
    public static string Program(LabCluster cluster, string name) => Path.Combine(PostgresBinaries.Find(cluster.Options.PostgresBin), name);

    /// <summary>Starts what is in the data directory, under the member's address.</summary>
    /// <param name="server">The process's name in the lab, and its log's.</param>
    /// <param name="settings">Further arguments of postgres.</param>
    public static void Start(LabCluster cluster, LabMember member, string server, params string[] settings) => cluster.Launcher.Start(
        server,
        [
            Program(cluster, "postgres"), "-D", member.DataDirectory, "-p", $"{member.Port}",
            "-c", $"listen_addresses={member.Host}", "-c", $"unix_socket_directories={cluster.Paths.Sockets}", .. settings,
        ],
        Path.Combine(cluster.Paths.Logs, $"{server}.log"));

    public static async Task StopAsync(LabMember member, CancellationToken cancellationToken)
    {
        if (member.Postmaster is { } postmaster)
            await postmaster.EndAsync(LabSignal.Interrupt, TimeSpan.FromSeconds(10), cancellationToken);
    }

    /// <summary>Copies the leader's data directory with pg_basebackup, as the runbook has it.</summary>
    public static async Task CopyAsync(LabCluster cluster, LabMember leader, string directory, CancellationToken cancellationToken)
    {
        var connection = await leader.ProgramConnectionAsync(cluster.Connection.Credentials.Replication, cancellationToken);
        await cluster.Launcher.RunAsync([Program(cluster, "pg_basebackup"), "-D", directory, "-X", "fetch", "-c", "fast", "-d", connection], cancellationToken);
    }
}
