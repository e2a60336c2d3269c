using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Lab.Cli;

internal static class BreakCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Words is not [_, var name])
            throw new UsageException($"break needs one scenario: {string.Join(", ", ScenarioCatalogue.All.Select(scenario => scenario.Name))}.");
        var scenario = ScenarioCatalogue.Find(name);
        await using var cluster = await LabCluster.AttachAsync(arguments.Options.Directory, cancellationToken);
        var result = await scenario.BreakAsync(cluster, cancellationToken);
        Console.WriteLine(result.Summary);
        return 0;
    }
}
