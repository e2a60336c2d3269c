namespace PatroniOps.Lab.Cli;

internal static class CleanCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        await LabCluster.CleanAsync(arguments.Options.Directory, cancellationToken);
        Console.WriteLine($"{arguments.Options.Directory} is gone");
        return 0;
    }
}
