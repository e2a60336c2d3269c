using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Lab.Processes;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Lab;

/// <summary>A running lab: a real etcd, and members of Patroni and PostgreSQL, on loopback.</summary>
public sealed class LabCluster : IAsyncDisposable
{
    private bool stopOnDispose;

    internal LabCluster(LabOptions options, LabPaths paths, LabConnection connection)
    {
        Options = options;
        Paths = paths;
        Connection = connection;
        Launcher = new Launcher(paths, LabUser.ForServers());
        Etcd = new EtcdServer(connection.Etcd, paths, Launcher);
        Members = [.. connection.Members.Select(member => new LabMember(member, connection, paths, options.PatroniCommand, Launcher))];
    }

    public LabOptions Options { get; }

    public LabPaths Paths { get; }

    public LabConnection Connection { get; }

    public IReadOnlyList<LabMember> Members { get; }

    internal EtcdServer Etcd { get; }

    internal Launcher Launcher { get; }

    /// <summary>Starts a lab from nothing and waits until it is healthy. Leftovers of a killed run in its directory are ended and removed.</summary>
    /// <param name="report">Hears one line for each stage.</param>
    /// <exception cref="LabException">It did not become healthy; everything that was started is stopped again, logs are kept.</exception>
    public static async Task<LabCluster> StartAsync(LabOptions options, Action<string>? report = null, CancellationToken cancellationToken = default)
    {
        var cluster = await LabStarter.StartAsync(options.Checked(), report ?? (_ => { }), cancellationToken);
        cluster.stopOnDispose = true;
        return cluster;
    }

    /// <summary>Takes hold of a lab that another program started; disposing of it then leaves it running.</summary>
    /// <exception cref="LabException">None is running there.</exception>
    public static async Task<LabCluster> AttachAsync(string directory, CancellationToken cancellationToken = default)
    {
        var paths = new LabPaths(RealPath.Of(directory));
        var connection = await LabConnection.ReadAsync(paths.ConnectionFile, cancellationToken);
        var text = await File.ReadAllTextAsync(paths.OptionsFile, cancellationToken);
        var options = JsonSerializer.Deserialize<LabOptions>(text, LabJson.Options)
            ?? throw new LabException($"{paths.OptionsFile} is empty.");
        return new LabCluster(options, paths, connection);
    }

    /// <summary>Ends what a killed start left running in this directory; returns how many processes that were.</summary>
    public static async Task<int> EndLeftoversAsync(string directory, CancellationToken cancellationToken = default)
    {
        var paths = new LabPaths(RealPath.Of(directory));
        if (!Directory.Exists(paths.Directory))
            return 0;
        using var held = LabLock.Take(paths);
        return await Leftovers.EndAsync(paths, cancellationToken);
    }

    /// <summary>Ends whatever runs of a lab in this directory, and removes the directory.</summary>
    public static async Task CleanAsync(string directory, CancellationToken cancellationToken = default)
    {
        var paths = new LabPaths(RealPath.Of(directory));
        if (!Directory.Exists(paths.Directory))
            return;
        if (!File.Exists(paths.OptionsFile) && Directory.EnumerateFileSystemEntries(paths.Directory).Any(path => path != paths.LockFile))
            throw new LabException($"{paths.Directory} is no lab's directory; it is left alone.");
        using var held = LabLock.Take(paths);
        await Leftovers.EndAsync(paths, cancellationToken);
        LabFiles.Delete(paths.Directory);
    }

    /// <summary>The member of that name.</summary>
    /// <exception cref="LabException">There is none.</exception>
    public LabMember Member(string name) =>
        Members.FirstOrDefault(member => member.Name == name)
        ?? throw new LabException($"There is no member {name}; there are {string.Join(", ", Members.Select(member => member.Name))}.");

    /// <summary>Writes the leader's key for a member, whoever holds it, as Patroni 3.0 with etcd3 may do when it goes on after it hung.</summary>
    public Task GiveLeaderKeyAsync(LabMember member, CancellationToken cancellationToken = default) =>
        Etcd.PutKeyAsync($"/service/{Options.Scope}/leader", member.Name, cancellationToken);

    /// <summary>The member whose own Patroni says that it holds the leader lock; null when none does.</summary>
    public async Task<LabMember?> LeaderAsync(CancellationToken cancellationToken = default)
    {
        foreach (var member in Members)
        {
            try
            {
                if (await member.Rest.StatusAsync("/leader", cancellationToken) == 200)
                    return member;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // A member that does not answer is not the leader.
            }
        }

        return null;
    }

    /// <summary>GET /cluster of the first member that answers.</summary>
    public async Task<JsonObject> ClusterAsync(CancellationToken cancellationToken = default)
    {
        foreach (var member in Members.Where(member => member.Patroni is not null))
        {
            try
            {
                return await member.Rest.GetAsync("/cluster", cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // The next one may answer.
            }
        }

        throw new LabException("No member's Patroni answers.");
    }

    /// <summary>Makes a full backup of the member with pgBackRest.</summary>
    public Task BackUpAsync(LabMember member, CancellationToken cancellationToken = default) => Launcher.RunAsync(
        ["pgbackrest", $"--config={Paths.PgBackRestConfig(member.Name)}", $"--stanza={Options.Scope}", "--type=full", "backup"], cancellationToken);

    /// <summary>Copies the member with pg_basebackup, with the WAL that the copy itself needs, into a directory that its user may make.</summary>
    public Task BaseBackUpAsync(LabMember member, string directory, CancellationToken cancellationToken = default) => ByHand.CopyAsync(this, member, directory, cancellationToken);

    /// <summary>Waits until there is one leader and every other member streams.</summary>
    public Task WaitHealthyAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Poll.UntilAsync("a healthy cluster", timeout, token => LabHealth.MissingAsync(this, token), cancellationToken);

    /// <summary>Sends a signal to the DCS, such as the one that freezes it.</summary>
    public bool SignalDcs(LabSignal signal) => Etcd.Signal(signal);

    /// <summary>Starts a DCS that was killed again.</summary>
    /// <exception cref="LabException">Another program has started it.</exception>
    public void RestartDcs() => Etcd.Restart();

    /// <summary>Stops everything in order, replicas first. Data and logs stay.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        using var held = LabLock.Take(Paths);
        File.Delete(Paths.ConnectionFile);
        // A process that a scenario froze could not end.
        foreach (var process in Leftovers.Find(Paths))
            process.Signal(LabSignal.Continue);
        var leader = await LeaderAsync(cancellationToken);
        await Task.WhenAll(Members.Where(member => member != leader).Select(member => member.StopAsync(cancellationToken)));
        if (leader is not null)
            await leader.StopAsync(cancellationToken);
        await Etcd.StopAsync(cancellationToken);
        await Leftovers.EndAsync(Paths, cancellationToken);
    }

    /// <summary>Leaves the lab running when this object is disposed of.</summary>
    public void Detach() => stopOnDispose = false;

    public async ValueTask DisposeAsync()
    {
        if (stopOnDispose)
            await StopAsync();
        stopOnDispose = false;
        foreach (var member in Members)
            member.Dispose();
        Etcd.Dispose();
    }

    /// <summary>Whether the member is tagged not to stream at all.</summary>
    internal bool IsDetached(LabMember member) => (bool?)Tag(member, "nostream") ?? false;

    /// <summary>Whether the member streams from the leader itself and not from another replica.</summary>
    internal bool FollowsLeader(LabMember member) => !IsDetached(member) && Tag(member, "replicatefrom") is null;

    private JsonNode? Tag(LabMember member, string name) =>
        Options.Tags.TryGetValue(member.Name, out var tags) ? tags[name] : null;
}
