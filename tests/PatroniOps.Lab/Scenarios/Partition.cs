namespace PatroniOps.Lab.Scenarios;

/// <summary>An old leader that goes on taking writes after another one was elected.</summary>
internal static class Partition
{
    /// <summary>Kills the leader's Patroni, lets its key expire, waits for the next leader, and writes on the old one.</summary>
    public static async Task<(LabMember Old, LabMember New)> SplitAsync(LabCluster cluster, CancellationToken cancellationToken)
    {
        var (old, _) = await Absence.ChooseAsync(cluster, cancellationToken);
        await old.KillPatroniAsync(cancellationToken);
        // As at the end of the ttl.
        await cluster.Etcd.DeleteKeyAsync($"/service/{cluster.Options.Scope}/leader", cancellationToken);
        LabMember? next = null;
        await Poll.UntilAsync(
            "another leader",
            cluster.Options.StartTimeout,
            async token => (next = await cluster.LeaderAsync(token)) is not null && next != old && !await next.ScalarAsync<bool>("SELECT pg_is_in_recovery()", token) ? null : "there is none yet",
            cancellationToken);
        await Poll.UntilAsync(
            $"the others to leave {old.Name}",
            cluster.Options.StartTimeout,
            async token => await old.ScalarAsync<long>("SELECT count(*) FROM pg_stat_replication", token) == 0 ? null : "one still streams from it",
            cancellationToken);
        await old.ExecuteAsync("INSERT INTO lab.canary (note) SELECT 'written on the old leader' FROM generate_series(1, 500)", cancellationToken);
        return (old, next!);
    }
}
