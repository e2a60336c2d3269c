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
var isFleetOnly = args.Contains("--fleet");
var pairs = args.Where(arg => arg != "--fleet").ToArray() switch
{
    [] => 15,
    ["--pairs", var number] when int.TryParse(number, CultureInfo.InvariantCulture, out var n) && n > 0 => n,
    _ => 0,
};
if (pairs == 0)
{
    await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project tests/PatroniOps.Benchmarks [-- --wal-rescue | --wal-archive [--pairs N] | --base-backup | [--fleet] [--pairs N]]");
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
