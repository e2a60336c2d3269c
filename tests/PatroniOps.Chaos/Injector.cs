using PatroniOps.Chaos.Faults;
using PatroniOps.Chaos.Operators;
using PatroniOps.Lab;

namespace PatroniOps.Chaos;

/// <summary>One fault after the other, each on a cluster that was whole before it.</summary>
internal sealed class Injector(ChaosOptions options, LabCluster lab, Watch watch, Repairer repairer)
{
    private const int LongestHold = 35;

    private static readonly TimeSpan ReportPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan WholePatience = TimeSpan.FromMinutes(4);

    private readonly Random random = new(options.Seed);
    private readonly Queue<string> next = new();
    private readonly List<FaultReport> reports = [];
    private readonly List<string> falseRepairs = [];

    /// <summary>Repairs of members that no fault had touched.</summary>
    public IReadOnlyList<string> FalseRepairs => falseRepairs;

    public async Task<IReadOnlyList<FaultReport>> RunAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (await WholeAsync(cancellationToken) is { } trouble)
            throw new LabException($"The cluster was not whole before the first fault: {trouble}");
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(options.Minutes))
        {
            var report = await BreakAsync(FaultCatalogue.New(NextKind()), cancellationToken);
            reports.Add(report);
            // On a cluster that is still broken nothing more would be proven.
            if (report.WholeAfter is null)
                break;
        }
        return reports;
    }

    // Every kind has had its turn before one comes again.
    private string NextKind()
    {
        if (next.Count == 0)
            foreach (var name in options.Faults.OrderBy(_ => random.Next()))
                next.Enqueue(name);
        return next.Dequeue();
    }

    private async Task<FaultReport> BreakAsync(IFault fault, CancellationToken cancellationToken)
    {
        var leader = await lab.LeaderAsync(cancellationToken) ?? throw new LabException("There is no leader.");
        var victim = random.Next(3) == 0 && fault.MayHitLeader ? leader : PickReplica(leader);
        var hold = TimeSpan.FromSeconds(random.Next(LongestHold));
        var site = new FaultSite(lab, leader, victim);
        var (before, repairsBefore) = (watch.Count, repairer.Events.Count);
        Diary.Write($"{fault.Name}: {victim.Name}{(victim == leader ? ", the leader" : "")}");
        await fault.InjectAsync(site, cancellationToken);
        var broken = TimeProvider.System.GetTimestamp();

        var told = await ToldAsync(fault, victim, before, cancellationToken);
        var reportedAfter = TimeProvider.System.GetElapsedTime(broken);
        Diary.Write(told is null ? "  NOT reported" : $"  reported after {reportedAfter.TotalSeconds:0.0} s: {told.Message}");
        await Task.Delay(hold, cancellationToken);
        await fault.HealAsync(site, cancellationToken);
        (fault as IDisposable)?.Dispose();

        var trouble = await WholeAsync(cancellationToken);
        var wholeAfter = TimeProvider.System.GetElapsedTime(broken);
        Diary.Write(trouble is null ? $"  whole again after {wholeAfter.TotalSeconds:0} s" : $"  NOT whole again: {trouble}");
        var repairs = Repairs(fault, victim, leader, repairsBefore);
        if (told is null || trouble is not null)
            Explain(before, repairsBefore);
        return new FaultReport(fault.Name, fault.Description, victim.Name, victim == leader, told?.Id, reportedAfter, trouble is null ? wholeAfter : null, repairs);
    }

    private LabMember PickReplica(LabMember leader)
    {
        var replicas = lab.Members.Where(m => m != leader).ToList();
        return replicas[random.Next(replicas.Count)];
    }

    private async Task<WatchEvent?> ToldAsync(IFault fault, LabMember victim, int from, CancellationToken cancellationToken)
    {
        WatchEvent? told = null;
        await Until.NullAsync(
            ReportPatience,
            _ =>
            {
                told = watch.Find(from, e => e.IsNews && fault.Causes.Contains(e.Id) && (fault.HitsAll || e.Member == victim.Name));
                return Task.FromResult(told is null ? "it is not reported" : null);
            },
            cancellationToken);
        return told;
    }

    // What was repaired must be a member that the fault has touched: the victim, or the leader that it deposed.
    private List<string> Repairs(IFault fault, LabMember victim, LabMember leader, int from)
    {
        var done = repairer.Events.Skip(from).Where(e => e.Kind == "Repair" && e.What != "Wait").ToList();
        foreach (var repair in done)
            Diary.Write($"  repaired {repair.Member} by {repair.What} {repair.Text}");
        falseRepairs.AddRange(done.Where(r => !fault.HitsAll && r.Member != victim.Name && r.Member != leader.Name).Select(r => $"{r.Member} by {r.What} after {fault.Name} on {victim.Name}"));
        return [.. done.Select(r => r.What)];
    }

    private Task<string?> WholeAsync(CancellationToken cancellationToken) => Until.NullAsync(
        WholePatience,
        async token =>
        {
            if (watch.Trouble() is { } trouble)
                return trouble;
            try
            {
                await lab.WaitHealthyAsync(TimeSpan.Zero, token);
                return null;
            }
            catch (LabException e)
            {
                return e.Message;
            }
        },
        cancellationToken);

    private void Explain(int watchedFrom, int repairedFrom)
    {
        foreach (var heard in watch.From(watchedFrom))
            Diary.Write($"  | {heard.HeardAt:HH:mm:ss} {heard.Kind} {heard.Id ?? heard.Verdict} {heard.Member} {heard.Severity}: {heard.Message}");
        foreach (var repair in repairer.Events.Skip(repairedFrom))
            Diary.Write($"  | {repair.At:HH:mm:ss} {repair.Kind} {repair.Member} {repair.What}: {repair.Text}");
    }
}
