namespace PatroniOps.Lab.Cli;

internal static class StartCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var paths = new LabPaths(RealPath.Of(arguments.Options.Directory));
        if (File.Exists(paths.ConnectionFile) && Processes.Leftovers.Find(paths).Count > 0)
            throw new LabException($"A lab runs in {paths.Directory} already; stop it first, or give another --directory.");
        var started = TimeProvider.System.GetTimestamp();
        await using var cluster = await LabCluster.StartAsync(arguments.Options, Report, cancellationToken);
        cluster.Detach();
        Report($"healthy: {cluster.Members.Count} members");
        Console.WriteLine($"addresses and passwords: {cluster.Paths.ConnectionFile}");
        return 0;

        void Report(string line) => Console.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalSeconds,5:0.0} s  {line}");
    }
}
