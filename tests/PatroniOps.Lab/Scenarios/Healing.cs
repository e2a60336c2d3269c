using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>Ways back to a healthy lab.</summary>
internal static class Healing
{
    /// <summary>Has Patroni reinitialize the member, from whatever state it is in.</summary>
    public static async Task RebuildAsync(LabCluster cluster, LabMember member, CancellationToken cancellationToken)
    {
        await ReinitializeAsync(cluster, member, cancellationToken);
        await HealthyAsync(cluster, cancellationToken);
    }

    /// <summary>Has Patroni begin to reinitialize the member.</summary>
    public static Task ReinitializeAsync(LabCluster cluster, LabMember member, CancellationToken cancellationToken) => Poll.UntilAsync(
        $"{member.Name} to be reinitialized",
        cluster.Options.StartTimeout,
        async token =>
        {
            try
            {
                await member.Rest.SendAsync(HttpMethod.Post, "/reinitialize", new JsonObject { ["force"] = true }, token);
                return null;
            }
            catch (LabException e)
            {
                return e.Message;
            }
        },
        cancellationToken);

    /// <summary>Starts the Patronis that are down and waits until all is well.</summary>
    public static Task StartAsync(LabCluster cluster, CancellationToken cancellationToken)
    {
        foreach (var member in cluster.Members.Where(member => member.Patroni is null))
            member.Start();
        return HealthyAsync(cluster, cancellationToken);
    }

    public static Task HealthyAsync(LabCluster cluster, CancellationToken cancellationToken) =>
        cluster.WaitHealthyAsync(cluster.Options.StartTimeout, cancellationToken);

    /// <summary>Makes the slots that Patroni 3.0 does not make again, and waits until all is well.</summary>
    public static async Task SlotsAsync(LabCluster cluster, LabMember leader, CancellationToken cancellationToken)
    {
        await LabObjects.CreateSlotsAsync(leader, cluster.Members.Where(member => member != leader && cluster.FollowsLeader(member)), cancellationToken);
        await HealthyAsync(cluster, cancellationToken);
    }

    /// <summary>Writes until the archiver has done something again: a new segment wakes it from the wait after a failure.</summary>
    public static async Task ArchivedAsync(LabCluster cluster, LabMember leader, CancellationToken cancellationToken)
    {
        var before = await leader.ScalarAsync<long>("SELECT archived_count FROM pg_stat_archiver", cancellationToken);
        await Poll.UntilAsync(
            $"{leader.Name} to archive",
            cluster.Options.StartTimeout,
            async token =>
            {
                await leader.ExecuteAsync(WalPressure.FillSegment, token);
                await Task.Delay(TimeSpan.FromSeconds(1), token);
                return await leader.ScalarAsync<long>("SELECT archived_count FROM pg_stat_archiver", token) > before ? null : "it does not yet";
            },
            cancellationToken);
        await HealthyAsync(cluster, cancellationToken);
    }
}
