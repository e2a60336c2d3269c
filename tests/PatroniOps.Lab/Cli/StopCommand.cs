namespace PatroniOps.Lab.Cli;

internal static class StopCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var paths = new LabPaths(RealPath.Of(arguments.Options.Directory));
        if (File.Exists(paths.ConnectionFile))
        {
            await using var cluster = await LabCluster.AttachAsync(paths.Directory, cancellationToken);
            await cluster.StopAsync(cancellationToken);
            Console.WriteLine($"stopped; logs are in {paths.Logs}");
            return 0;
        }

        // A start that was killed has left no addresses, but maybe processes.
        var ended = await LabCluster.EndLeftoversAsync(paths.Directory, cancellationToken);
        Console.WriteLine(ended == 0 ? $"no lab is running in {paths.Directory}" : $"ended {ended} processes left by a killed run");
        return 0;
    }
}
