using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>Keeps a member away until the cluster has forgotten it, and brings it back.</summary>
internal static class Absence
{
    /// <summary>The healthy cluster's leader, and the last of the replicas that stream from it.</summary>
    public static async Task<(LabMember Leader, LabMember Victim)> ChooseAsync(LabCluster cluster, CancellationToken cancellationToken)
    {
        var leader = await cluster.LeaderAsync(cancellationToken) ?? throw new LabException("There is no leader.");
        var victim = cluster.Members.LastOrDefault(member => member != leader && cluster.FollowsLeader(member));
        return (leader, victim ?? throw new LabException("There is no replica to break."));
    }

    /// <summary>Stops the member and waits until its key in the DCS has expired and the leader has dropped its slot.</summary>
    public static async Task BeginAsync(LabCluster cluster, LabMember leader, LabMember victim, CancellationToken cancellationToken)
    {
        await ForgetSoonAsync(leader, cancellationToken);
        await victim.StopAsync(cancellationToken);
        await ForgottenAsync(cluster, leader, victim, cancellationToken);
        await Poll.UntilAsync(
            $"the slot {victim.SlotName} to be dropped",
            Timeout(cluster),
            async token => await HasSlotAsync(leader, victim, token) ? $"it is still there on {leader.Name}" : null,
            cancellationToken);
    }

    /// <summary>Waits until the member's key in the DCS has expired.</summary>
    public static Task ForgottenAsync(LabCluster cluster, LabMember leader, LabMember victim, CancellationToken cancellationToken) => Poll.UntilAsync(
        $"{victim.Name} to be forgotten",
        Timeout(cluster),
        async token => IsListed(await leader.Rest.GetAsync("/cluster", token), victim) ? "it is still listed" : null,
        cancellationToken);

    /// <summary>Starts the member and returns as soon as its PostgreSQL accepts connections.</summary>
    public static Task EndAsync(LabCluster cluster, LabMember victim, CancellationToken cancellationToken)
    {
        victim.Start();
        return Poll.UntilAsync(
            $"{victim.Name} to accept connections (log: {victim.PostgresLog})",
            cluster.Options.StartTimeout,
            async token => await victim.ScalarAsync<bool>("SELECT pg_is_in_recovery()", token) ? null : "it is no standby",
            cancellationToken);
    }

    /// <summary>Waits until its own Patroni takes it for running: until then it refuses to be reinitialized.</summary>
    public static Task WaitRunningAsync(LabCluster cluster, LabMember victim, CancellationToken cancellationToken) =>
        Poll.UntilAsync(
            $"Patroni of {victim.Name} to say that PostgreSQL runs (log: {victim.PatroniLog})",
            cluster.Options.StartTimeout,
            async token =>
            {
                var state = (string?)(await victim.Rest.GetAsync("/patroni", token))["state"];
                return state is "running" ? null : $"it says {state}";
            },
            cancellationToken);

    /// <summary>Waits until Patroni runs the member as a replica.</summary>
    public static Task IsReplicaAsync(LabCluster cluster, LabMember member, CancellationToken cancellationToken) => Poll.UntilAsync(
        $"{member.Name} to be a replica (log: {member.PatroniLog})",
        cluster.Options.StartTimeout,
        async token => await member.Rest.GetAsync("/patroni", token) is var status && (string?)status["role"] is "replica" && (string?)status["state"] is "running" or "streaming"
            && await member.ScalarAsync<bool>("SELECT pg_is_in_recovery()", token) ? null : "it is not yet",
        cancellationToken);

    public static Task<bool> HasSlotAsync(LabMember leader, LabMember victim, CancellationToken cancellationToken) =>
        leader.ScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}')", cancellationToken);

    /// <summary>From 4.0 on Patroni keeps an absent member's slot for half an hour; here it shall go with the ttl.</summary>
    private static async Task ForgetSoonAsync(LabMember leader, CancellationToken cancellationToken)
    {
        var status = await leader.Rest.GetAsync("/patroni", cancellationToken);
        var version = (string?)status["patroni"]?["version"] ?? "";
        if (!int.TryParse(version.Split('.')[0], out var major) || major < 4)
            return;
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["member_slots_ttl"] = 0 }, cancellationToken);
    }

    private static TimeSpan Timeout(LabCluster cluster) => (2 * cluster.Options.Ttl) + (5 * cluster.Options.LoopWait);

    private static bool IsListed(JsonObject cluster, LabMember member) =>
        cluster["members"]?.AsArray().Any(listed => (string?)listed?["name"] == member.Name) ?? false;
}
