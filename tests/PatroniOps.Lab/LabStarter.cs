using PatroniOps.Lab.Configuration;
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
        first.Start();
        // The first one has won the race for initdb once this key is there; the others come up meanwhile and wait for it.
        await Poll.UntilAsync(
            $"{first.Name} to begin (log: {first.PatroniLog})",
            timeout,
            async token => await cluster.Etcd.HasKeyAsync($"/service/{cluster.Options.Scope}/initialize", token) ? null : "it has not begun to initialize",
            cancellationToken);
        foreach (var member in cluster.Members.Skip(1))
            member.Start();
        await Poll.UntilAsync(
            $"{first.Name} to become leader (log: {first.PatroniLog})",
            timeout,
            async token => await first.Rest.StatusAsync("/leader", token) == 200 ? null : "it is not the leader yet",
            cancellationToken);
        report($"{first.Name} leads");

        var direct = cluster.Members.Where(member => member != first && cluster.FollowsLeader(member)).ToList();
        if (direct.Count > 0)
            await LabObjects.CreateSlotsAsync(first, direct, cancellationToken);
        await LabObjects.CreateAsync(first, cluster.Connection.Credentials, cancellationToken);
        await cluster.WaitHealthyAsync(timeout, cancellationToken);
        await cluster.Connection.WriteAsync(cluster.Paths.ConnectionFile, cancellationToken);
    }
}
