using PatroniOps.Fuzz;
using PatroniOps.Fuzz.Running;

if (args is ["--list"])
{
    Console.WriteLine(string.Join('\n', FuzzTargets.Names));
    return ExitCodes.Good;
}
if (FuzzOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(FuzzOptions.Usage);
    return ExitCodes.Usage;
}
if (options is { Targets: [var one], Input: { } file })
{
    var reason = new FuzzSession(one, FuzzTargets.Create(one)!, options.Seed).Repeat(await File.ReadAllBytesAsync(file));
    Console.WriteLine(reason ?? $"{one} bears it.");
    return reason is null ? ExitCodes.Good : ExitCodes.Failed;
}
if (options is { Targets: [var alone], IsQuiet: true })
    return new TargetRun(alone, options).Run();

Console.WriteLine($"seed {options.Seed}");
var results = new List<FuzzResult>();
foreach (var target in options.Targets.Count > 0 ? options.Targets : FuzzTargets.Names)
    results.Add(FuzzProcess.Run(target, options));
Console.Write(FuzzTable.Of(results, options.Seed));
return results.Exists(r => r.Failures > 0) ? ExitCodes.Failed : ExitCodes.Good;
