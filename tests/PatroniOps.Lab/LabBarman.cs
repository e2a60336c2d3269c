using System.Text.Json.Nodes;
using PatroniOps.Lab.Configuration;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab;

/// <summary>A Barman of the lab's own that streams the leader's WAL and backs it up with pg_basebackup.</summary>
public sealed class LabBarman
{
    private const string Slot = "barman";

    private readonly LabCluster lab;

    private LabBarman(LabCluster lab) => this.lab = lab;

    /// <summary>Barman's home; the server is called as the cluster.</summary>
    public string Home => Path.Combine(Folder, "home");

    public string Server => lab.Options.Scope;

    /// <summary>barman.conf.</summary>
    public string ConfigPath => Path.Combine(Folder, "barman.conf");

    private string Folder => Path.Combine(lab.Paths.Directory, "barman");

    /// <summary>Sets it up and receives WAL from now on; the slot is a permanent one, which Patroni keeps.</summary>
    public static async Task<LabBarman> StartAsync(LabCluster lab, LabMember leader, CancellationToken cancellationToken = default)
    {
        var barman = new LabBarman(lab);
        var slot = new JsonObject { [Slot] = new JsonObject { ["type"] = "physical" } };
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["slots"] = slot }, cancellationToken);
        await Poll.UntilAsync("Barman's slot", TimeSpan.FromSeconds(60), async token =>
            await leader.ScalarAsync<long>($"SELECT count(*) FROM pg_replication_slots WHERE slot_name = '{Slot}'", token) == 1 ? null : "it is not there yet", cancellationToken);
        await barman.ConfigureAsync(leader, cancellationToken);
        lab.Launcher.Start("barman", [.. barman.Call("receive-wal", barman.Server)], Path.Combine(lab.Paths.Directory, "log", "barman-receive.log"));
        return barman;
    }

    /// <summary>Makes a full backup and brings the WAL that it needs into the archive. Returns its id.</summary>
    public async Task<string> BackUpAsync(CancellationToken cancellationToken = default)
    {
        await RunAsync(cancellationToken, "switch-wal", "--force", "--archive", Server);
        await RunAsync(cancellationToken, "backup", "--wait", Server);
        return Directory.EnumerateDirectories(Path.Combine(Home, Server, "base")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal).Last();
    }

    /// <summary>Brings the WAL that was written since into the archive.</summary>
    public Task ArchiveAsync(CancellationToken cancellationToken = default) => RunAsync(cancellationToken, "switch-wal", "--force", "--archive", Server);

    private async Task ConfigureAsync(LabMember leader, CancellationToken cancellationToken)
    {
        var user = (await lab.Launcher.RunAsync(["id", "-un"], cancellationToken)).Trim();
        foreach (var folder in (string[])[Folder, Home])
        {
            Directory.CreateDirectory(folder);
            LabUser.ForServers()?.Own(folder);
        }
        var superuser = await leader.ProgramConnectionAsync(lab.Connection.Credentials.Superuser, cancellationToken);
        var replication = await leader.ProgramConnectionAsync(lab.Connection.Credentials.Replication, cancellationToken);
        var text = $"""
            [barman]
            barman_user = {user}
            barman_home = {Home}
            barman_lock_directory = {Home}
            log_file = {Path.Combine(Home, "barman.log")}
            compression = gzip
            [{Server}]
            description = the lab
            conninfo = {superuser}
            streaming_conninfo = {replication}
            backup_method = postgres
            streaming_archiver = on
            slot_name = {Slot}
            path_prefix = {PostgresBinaries.Find(lab.Options.PostgresBin)}

            """;
        await SecretFile.WriteAsync(ConfigPath, text, LabUser.ForServers(), cancellationToken);
    }

    private Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments) => lab.Launcher.RunAsync(Call(arguments), cancellationToken);

    private List<string> Call(params string[] arguments) => ["barman", "--config", ConfigPath, .. arguments];
}
