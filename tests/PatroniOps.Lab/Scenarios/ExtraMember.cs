using PatroniOps.Lab.Configuration;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A member beside those that the lab was started with. Nobody waits for it to be well.</summary>
internal static class ExtraMember
{
    /// <summary>Starts a member of that name and returns when Patroni runs it as a replica.</summary>
    public static async Task StartAsync(LabCluster cluster, string name, CancellationToken cancellationToken)
    {
        using var ports = new LabPorts();
        using var member = Of(cluster, name, ports);
        await LabFiles.WriteMemberAsync(Plan(cluster), member.Addresses, LabUser.ForServers(), cancellationToken);
        member.Start();
        await Absence.IsReplicaAsync(cluster, member, cancellationToken);
    }

    /// <summary>Ends it, as if it had never been there.</summary>
    public static async Task RemoveAsync(LabCluster cluster, string name, CancellationToken cancellationToken)
    {
        using var ports = new LabPorts();
        using var member = Of(cluster, name, ports);
        await member.StopAsync(cancellationToken);
        await cluster.Etcd.DeleteKeyAsync($"/service/{cluster.Options.Scope}/members/{name}", cancellationToken);
        LabFiles.Delete(cluster.Paths.MemberHome(name));
    }

    private static LabMember Of(LabCluster cluster, string name, LabPorts ports) =>
        new(LabPlan.Member(name, cluster.Paths, ports), cluster.Connection, cluster.Paths, cluster.Options.PatroniCommand, cluster.Launcher);

    private static LabPlan Plan(LabCluster cluster) => new(cluster.Options, cluster.Paths, cluster.Connection, PostgresBinaries.Find(cluster.Options.PostgresBin));
}
