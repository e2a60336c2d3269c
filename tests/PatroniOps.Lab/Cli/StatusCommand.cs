using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Cli;

internal static class StatusCommand
{
    private const string Row = "{0,-14} {1,-14} {2,-22} {3,4} {4,10}  {5,-23} {6}";

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        await using var cluster = await LabCluster.AttachAsync(arguments.Options.Directory, cancellationToken);
        var listed = await cluster.ClusterAsync(cancellationToken);
        Console.WriteLine(Row, "NAME", "ROLE", "STATE", "TL", "LAG", "REST", "POSTGRESQL");
        foreach (var member in cluster.Members)
        {
            var entry = listed["members"]?.AsArray().FirstOrDefault(m => (string?)m?["name"] == member.Name);
            var state = Text(entry, "state") ?? (member.Patroni is null ? "stopped" : "not listed");
            Console.WriteLine(Row, member.Name, Text(entry, "role"), state, Text(entry, "timeline"), Text(entry, "lag"),
                member.ApiUri.ToString().TrimEnd('/'), $"{member.Host}:{member.Port}");
        }

        Console.WriteLine($"addresses and passwords: {cluster.Paths.ConnectionFile}");
        return 0;
    }

    private static string? Text(JsonNode? entry, string name) => entry?[name]?.ToString();
}
