namespace PatroniOps.Lab;

/// <summary>Whether the whole cluster is up: one leader, every replica streaming, and Patroni says so too.</summary>
internal static class LabHealth
{
    /// <summary>What is missing, or null when nothing is.</summary>
    public static async Task<string?> MissingAsync(LabCluster cluster, CancellationToken cancellationToken)
    {
        if (await cluster.LeaderAsync(cancellationToken) is not { } leader)
            return "there is no leader";
        var listed = await leader.Rest.GetAsync("/cluster", cancellationToken);
        foreach (var member in cluster.Members)
        {
            var entry = listed["members"]?.AsArray().FirstOrDefault(m => (string?)m?["name"] == member.Name);
            if ((string?)entry?["state"] is not ("running" or "streaming") && !cluster.IsDetached(member))
                return $"{member.Name} is {(string?)entry?["state"] ?? "not listed"} (log: {member.PatroniLog})";
        }

        return await NotStreamingAsync(cluster, leader, cancellationToken);
    }

    private static async Task<string?> NotStreamingAsync(LabCluster cluster, LabMember leader, CancellationToken cancellationToken)
    {
        var replicas = cluster.Members.Where(m => m != leader && !cluster.IsDetached(m)).ToList();
        foreach (var replica in replicas)
        {
            const string Receiving = "SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'";
            if (await replica.ScalarAsync<long>(Receiving, cancellationToken) == 0)
                return $"{replica.Name} is not streaming (log: {replica.PostgresLog})";
        }

        var direct = replicas.Count(replica => cluster.FollowsLeader(replica));
        const string Sending = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND application_name LIKE 'bar-%'";
        var sent = await leader.ScalarAsync<long>(Sending, cancellationToken);
        return sent >= direct ? null : $"{leader.Name} streams to {sent} of {direct} replicas";
    }
}
