using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>Patroni's maintenance mode.</summary>
internal static class Pause
{
    public static async Task BeginAsync(LabCluster cluster, LabMember leader, CancellationToken cancellationToken)
    {
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["pause"] = true }, cancellationToken);
        await Poll.UntilAsync(
            "every Patroni to be paused",
            cluster.Options.StartTimeout,
            async token =>
            {
                foreach (var member in cluster.Members.Where(member => member.Patroni is not null))
                    if ((bool?)(await member.Rest.GetAsync("/patroni", token))["pause"] != true)
                        return $"{member.Name} is not";
                return null;
            },
            cancellationToken);
    }

    public static Task EndAsync(LabMember leader, CancellationToken cancellationToken) =>
        leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["pause"] = null }, cancellationToken);
}
