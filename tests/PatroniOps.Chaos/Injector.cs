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
    private readonly List<string> needlessSlots = [];

    /// <summary>Slots that were made although Patroni would have made them.</summary>
    public IReadOnlyList<string> NeedlessSlots => needlessSlots;

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
        var site = await SiteAsync(fault, cancellationToken);
        var hold = TimeSpan.FromSeconds(random.Next(LongestHold));
        var mark = new Mark(watch.Count, repairer.Events.Count, FalseCount);
        await fault.InjectAsync(site, cancellationToken);
        var broken = TimeProvider.System.GetTimestamp();

        var told = await ToldAsync(fault, site.Victim, mark, cancellationToken);
        var reportedAfter = TimeProvider.System.GetElapsedTime(broken);
        Diary.Write(told is null ? "  NOT reported" : $"  reported after {reportedAfter.TotalSeconds:0.0} s: {told.Value.Message}");
        await Task.Delay(hold, cancellationToken);
        await fault.HealAsync(site, cancellationToken);

        var trouble = await WholeAsync(cancellationToken);
        var wholeAfter = TimeProvider.System.GetElapsedTime(broken);
        Diary.Write(trouble is null ? $"  whole again after {wholeAfter.TotalSeconds:0} s" : $"  NOT whole again: {trouble}");
        if (trouble is null)
            await fault.TidyAsync(site, cancellationToken);
        (fault as IDisposable)?.Dispose();
        var repairs = Repairs(fault, mark);
        if (told is null || trouble is not null || FalseCount > mark.False)
            Explain(mark);
        return new FaultReport(fault.Name, fault.Description, fault.HitsAll ? "all" : site.Victim.Name, site.Victim == site.Leader && !fault.HitsAll, told?.Id, reportedAfter, trouble is null ? wholeAfter : null, repairs);
    }

    private int FalseCount => repairer.FalseRepairs.Count + needlessSlots.Count;

    private async Task<FaultSite> SiteAsync(IFault fault, CancellationToken cancellationToken)
    {
        var leader = await lab.LeaderAsync(cancellationToken) ?? throw new LabException("There is no leader.");
        var replicas = lab.Members.Where(m => m != leader).ToList();
        var victim = random.Next(5) < 2 && fault.MayHitLeader ? leader : replicas[random.Next(replicas.Count)];
        Diary.Write($"{fault.Name}: {(fault.HitsAll ? "all" : victim.Name)}{(victim == leader && !fault.HitsAll ? ", the leader" : "")}");
        return new FaultSite(lab, leader, victim);
    }

    // The watch tells it, or the job that repairs, when that looked first and repaired it before the watch looked again.
    private async Task<(string Id, string Message)?> ToldAsync(IFault fault, LabMember victim, Mark mark, CancellationToken cancellationToken)
    {
        bool IsCause(string? id, string? member) => fault.Causes.Contains(id) && (fault.HitsAll || member == victim.Name);
        (string Id, string Message)? told = null;
        await Until.NullAsync(
            ReportPatience,
            _ =>
            {
                if (watch.Find(mark.Watched, e => e.IsNews && IsCause(e.Id, e.Member) && (fault.CauseText is not { } text || e.Cause?.Contains(text, StringComparison.Ordinal) == true)) is { } seen)
                    told = (seen.Id!, seen.Message);
                else if (repairer.Events.Skip(mark.Repaired).FirstOrDefault(e => e.Kind == "Finding" && IsCause(e.What, e.Member)) is { } found)
                    told = (found.What, found.Text);
                return Task.FromResult(told is null ? "it is not reported" : null);
            },
            cancellationToken);
        return told;
    }

    private List<string> Repairs(IFault fault, Mark mark)
    {
        var done = repairer.Events.Skip(mark.Repaired).Where(e => e.Kind == "Repair" && e.What != "Wait").ToList();
        foreach (var repair in done)
            Diary.Write($"  repaired {repair.Member} by {repair.What} {repair.Text}");
        needlessSlots.AddRange(done.Where(r => r.MakesSlot && !fault.TakesSlot).Select(r => $"{r.Member} by {r.What} at {r.At:HH:mm:ss}, after {fault.Name}: Patroni makes that slot"));
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

    private void Explain(Mark mark)
    {
        foreach (var heard in watch.From(mark.Watched))
            Diary.Write($"  | {heard.HeardAt:HH:mm:ss} {heard.Kind} {heard.Id ?? heard.Verdict} {heard.Member} {heard.Severity}: {heard.Message}");
        foreach (var repair in repairer.Events.Skip(mark.Repaired))
            Diary.Write($"  | {repair.At:HH:mm:ss} {repair.Kind} {repair.Member} {repair.What}: {repair.Text}");
    }

    /// <summary>How far everything was when a fault began.</summary>
    private readonly record struct Mark(int Watched, int Repaired, int False);
}
