using PatroniOps.Crash;
using PatroniOps.Lab;
using PatroniOps.Patroni;

if (CrashOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(CrashOptions.Usage);
    return 2;
}
try
{
    await using var lab = await LabCluster.AttachAsync(options.LabDirectory);
    await new CrashRun(lab, options).RunAsync(CancellationToken.None);
    return 0;
}
catch (PatroniOpsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
