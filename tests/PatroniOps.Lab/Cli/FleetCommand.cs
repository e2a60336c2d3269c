using System.Text.Json;
using PatroniOps.Lab.StandIn;

namespace PatroniOps.Lab.Cli;

/// <summary>Runs a fleet of stand-ins until standard input ends: one line of JSON with an address of each cluster, and at the end how many looks there were at them.</summary>
internal static class FleetCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        await using var fleet = FleetStandIn.Start(arguments.Clusters, TimeProvider.System);
        Console.WriteLine(JsonSerializer.Serialize(fleet.Clusters.Select(cluster => cluster.Members[0].ApiUri)));
        // The console's own reader blocks and cannot be cancelled.
        await Task.Run(Console.In.ReadToEnd, cancellationToken).WaitAsync(cancellationToken);
        Console.WriteLine(fleet.Clusters.Sum(cluster => cluster.Looks));
        return 0;
    }
}
