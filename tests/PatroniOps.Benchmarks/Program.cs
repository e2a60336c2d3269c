using System.Globalization;
using PatroniOps.Benchmarks;
using PatroniOps.Lab;

if (args is ["--import", var manifest])
{
    Console.WriteLine(ImportTime.MeasureHere(manifest).ToString(CultureInfo.InvariantCulture));
    return 0;
}
if (args is ["--wal-rescue"])
{
    const int Rounds = 3;
    using var ownState = TemporaryState.Create();
    Console.Write(Report.WalRescue(await WalRescue.MeasureAsync(Product.Find(AppContext.BaseDirectory), Rounds), Rounds));
    return 0;
}
if (args is ["--base-backup"])
{
    const int Rounds = 7;
    using var ownState = TemporaryState.Create();
    Console.Write(Report.BaseBackup(await BaseBackupCopy.MeasureAsync(Product.Find(AppContext.BaseDirectory), Rounds), Rounds));
    return 0;
}
if (args is ["--wal-archive"] or ["--wal-archive", "--pairs", _])
{
    var rounds = args is [.., "--pairs", var asked] ? int.Parse(asked, CultureInfo.InvariantCulture) : 7;
    using var ownState = TemporaryState.Create();
    using var scan = new WalArchiveScan(Product.Find(AppContext.BaseDirectory));
    Console.Write(Report.WalArchive(await scan.MeasureAsync(rounds), rounds));
    return 0;
}
if (args is ["--watch"])
{
    using var ownState = TemporaryState.Create();
    var checks = CheckProcesses.Measure();
    var run = WatchRun.Measure(Product.Find(AppContext.BaseDirectory), Fleet.Clusters, TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(15), record: null);
    Console.Write(Report.Watch(run, checks));
    return run is { HasToldAll: true, Cores: <= 1, Resident: <= WatchRun.MostResident } ? 0 : 1;
}
if (args is ["--soak"])
{
    using var ownState = TemporaryState.Create();
    var record = Directory.CreateTempSubdirectory("patroniops-record-").FullName;
    var run = WatchRun.Measure(Product.Find(AppContext.BaseDirectory), 50, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(21), TimeSpan.FromMinutes(1), record);
    Console.Write(Report.Soak(run, Directory.EnumerateFiles(record, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length)));
    Directory.Delete(record, recursive: true);
    return run is { HasToldAll: true, IsFlat: true } ? 0 : 1;
}
var isFleetOnly = args.Contains("--fleet");
var pairs = args.Where(arg => arg != "--fleet").ToArray() switch
{
    [] => 15,
    ["--pairs", var number] when int.TryParse(number, CultureInfo.InvariantCulture, out var n) && n > 0 => n,
    _ => 0,
};
if (pairs == 0)
{
    await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project tests/PatroniOps.Benchmarks [-- --wal-rescue | --wal-archive [--pairs N] | --base-backup | --watch | --soak | [--fleet] [--pairs N]]");
    return 2;
}

var product = Product.Find(AppContext.BaseDirectory);
using var state = TemporaryState.Create();
// First, while this process holds nothing else.
var fleet = Fleet.Measure(product, pairs);
if (isFleetOnly)
{
    Console.Write(Report.Fleet(fleet, pairs));
    return 0;
}

var directory = Path.Combine(Path.GetTempPath(), $"patroniops-bench-{Environment.ProcessId}");
var rows = new List<Comparison>();
using (var scan = new LogScan(product))
    rows.Add(Comparison.Run($"Get-PatroniLogEvent on {LogScan.Megabytes} MB", scan.Ours, "`grep -c` on the same file", scan.Grep, pairs, target: 4));
try
{
    await using var lab = await LabCluster.StartAsync(new LabOptions { Directory = directory }, line => Console.Error.WriteLine($"lab: {line}"));
    var patronictl = new PatronictlList(lab.Connection);
    using (var session = new WarmSession(product, lab.Connection))
    {
        rows.Add(Comparison.Run("whole diagnosis of three members in a warm session", session.Diagnose, "one `patronictl list` process", patronictl.Run, pairs, target: 1.0 / 3));
    }
    rows.Add(Comparison.Run("`patroniops Get-PatroniCluster -Uri ...`, a cold process, REST", new ColdCommand(product, lab.Connection, withSql: false).Run, "one `patronictl list` process", patronictl.Run, pairs, target: 2));
    rows.Add(Comparison.Run("the same with SQL to every member", new ColdCommand(product, lab.Connection, withSql: true).Run, "one `patronictl list` process", patronictl.Run, pairs, target: 2));
}
finally
{
    await LabCluster.CleanAsync(directory);
}

Console.Write(Report.Markdown(rows, ImportTime.Measure(product, pairs), pairs));
Console.WriteLine();
Console.Write(Report.Fleet(fleet, pairs));
return 0;
