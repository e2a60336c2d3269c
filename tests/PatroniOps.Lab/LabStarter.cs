using PatroniOps.Lab.Configuration;
using PatroniOps.Lab.Isolation;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab;

/// <summary>The stages between nothing and a healthy cluster.</summary>
internal static class LabStarter
{
    public static async Task<LabCluster> StartAsync(LabOptions options, Action<string> report, CancellationToken cancellationToken)
    {
        var paths = new LabPaths(options.Directory).Checked();
        LabFiles.CreateRoot(paths);
        using var held = LabLock.Take(paths);
        if (await Leftovers.EndAsync(paths, cancellationToken) is var ended and > 0)
            report($"ended {ended} processes that an earlier run left in {paths.Directory}");
        LabFiles.Clear(paths);

        using var ports = new LabPorts();
        var plan = LabPlan.Make(options, paths, ports);
        if (options.HasOwnNetworks)
            await MemberNetwork.CreateAsync(plan.Connection.Members, cancellationToken);
        await LabFiles.WriteAsync(plan, LabUser.ForServers(), cancellationToken);
        var cluster = new LabCluster(options, paths, plan.Connection);
        try
        {
            await RunAsync(cluster, new Uri($"http://127.0.0.1:{ports.Next()}"), report, cancellationToken);
            return cluster;
        }
        catch
        {
            await Leftovers.EndAsync(paths, CancellationToken.None);
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task RunAsync(LabCluster cluster, Uri etcdPeer, Action<string> report, CancellationToken cancellationToken)
    {
        var timeout = cluster.Options.StartTimeout;
        cluster.Etcd.Start(etcdPeer);
        await cluster.Etcd.WaitHealthyAsync(timeout, cancellationToken);
        report("etcd is up");

        var first = cluster.Members[0];
        await StartMembersAsync(cluster, first, cancellationToken);
        report($"{first.Name} leads");

        var direct = cluster.Members.Where(member => member != first && cluster.FollowsLeader(member)).ToList();
        if (direct.Count > 0)
            await LabObjects.CreateSlotsAsync(first, direct, cancellationToken);
        await LabObjects.CreateAsync(first, cluster.Connection.Credentials, cancellationToken);
        await StartCascadingAsync(cluster, first, direct, cancellationToken);
        await WhileAliveAsync(cluster.Members, "a healthy cluster", timeout, token => LabHealth.MissingAsync(cluster, token), cancellationToken);
        await cluster.Connection.WriteAsync(cluster.Paths.ConnectionFile, cancellationToken);
    }

    /// <summary>Starts all of them so that the first one becomes the leader.</summary>
    private static async Task StartMembersAsync(LabCluster cluster, LabMember first, CancellationToken cancellationToken)
    {
        var timeout = cluster.Options.StartTimeout;
        first.Start();
        // The first one has won the race for initdb once this key is there; the others come up meanwhile and wait for it.
        await WhileAliveAsync(
            [first],
            $"{first.Name} to begin",
            timeout,
            async token => await cluster.Etcd.HasKeyAsync($"/service/{cluster.Options.Scope}/initialize", token) ? null : "it has not begun to initialize",
            cancellationToken);
        var early = cluster.Members.Except(Cascading(cluster, first)).ToList();
        foreach (var member in early.Skip(1))
            member.Start();
        await WhileAliveAsync(
            early,
            $"{first.Name} to become leader",
            timeout,
            async token => await first.Rest.StatusAsync("/leader", token) == 200 ? null : $"it is not the leader yet (log: {first.PatroniLog})",
            cancellationToken);
    }

    private static List<LabMember> Cascading(LabCluster cluster, LabMember first) =>
        [.. cluster.Members.Where(member => member != first && !cluster.FollowsLeader(member) && !cluster.IsDetached(member))];

    /// <summary>
    /// Starts the members that stream from others. Copied before their source, they would need WAL that it never had; and a copy taken
    /// before the source streams would have the leader recycle what that needs.
    /// </summary>
    private static async Task StartCascadingAsync(LabCluster cluster, LabMember first, List<LabMember> direct, CancellationToken cancellationToken)
    {
        var cascading = Cascading(cluster, first);
        if (cascading.Count == 0)
            return;
        const string Receiving = "SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'";
        foreach (var member in direct)
            await WhileAliveAsync(
                [first, .. direct],
                $"{member.Name} to stream",
                cluster.Options.StartTimeout,
                async token => await member.ScalarAsync<long>(Receiving, token) > 0 ? null : $"it does not stream yet (log: {member.PostgresLog})",
                cancellationToken);
        foreach (var member in cascading)
            member.Start();
    }

    /// <summary>Waits, but no longer than every Patroni runs.</summary>
    private static Task WhileAliveAsync(
        IReadOnlyList<LabMember> members, string what, TimeSpan timeout, Func<CancellationToken, Task<string?>> missing, CancellationToken cancellationToken) =>
        Poll.UntilAsync(
            what,
            timeout,
            token => members.FirstOrDefault(member => member.Patroni is null) is { } dead
                ? throw new LabException($"Patroni of {dead.Name} ended. {LogTail.Of(dead.PatroniLog)}")
                : missing(token),
            cancellationToken);
}
