using System.Text.Json.Nodes;
using PatroniOps.Chaos.Clients;
using PatroniOps.Chaos.Operators;
using PatroniOps.Lab;
using PatroniOps.Lab.Isolation;

namespace PatroniOps.Chaos;

/// <summary>The whole of it: a lab, its clients, who watches and repairs, the faults, and what is proven at the end.</summary>
internal static class ChaosRun
{
    private const int Members = 5;
    private const long DiskBytes = 1L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <returns>Whether it ended clean.</returns>
    public static async Task<bool> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        OwnNamespaces.Demand();
        Diary.Write($"chaos of {options.Minutes} min, seed {options.Seed}: {string.Join(", ", options.Faults)}");
        // What the module remembers and journals is this run's own.
        Environment.SetEnvironmentVariable("PATRONIOPS_STATE", Path.Combine(LabPaths.DefaultDirectory("chaos-state"), Guid.NewGuid().ToString("N")));
        await using var lab = await LabCluster.StartAsync(LabOptions(), Diary.Write, cancellationToken);
        var leader = await lab.LeaderAsync(cancellationToken) ?? throw new LabException("There is no leader.");
        await using var bench = await PgBench.StartAsync(lab, leader, cancellationToken);
        await using var ledger = await Ledger.StartAsync(lab, leader, cancellationToken);
        using var watch = new Watch(lab, Path.Combine(lab.Paths.Logs, "watch.jsonl"));
        using var repairer = new Repairer(lab, Path.Combine(lab.Paths.Logs, "repair.jsonl"));
        var injector = new Injector(options, lab, watch, repairer);
        var reports = await injector.RunAsync(cancellationToken);

        await bench.EndAsync();
        await ledger.EndAsync();
        var problems = await new EndCheck(lab, ledger, watch).ProblemsAsync(Patience, cancellationToken);
        var summary = new Summary(options, reports, [.. repairer.FalseRepairs, .. injector.NeedlessSlots], ledger.Acknowledged, problems);
        Console.Write(summary.Text());
        return summary.IsClean;
    }

    // An acknowledged commit is lost at a failover unless Patroni may promote only who has it: that is what its strict synchronous mode is.
    // Without pg_rewind a leader that was left behind stays so until somebody repairs it.
    private static LabOptions LabOptions() => new()
    {
        Directory = LabPaths.DefaultDirectory("chaos"),
        Scope = "chaos",
        Members = Members,
        HasOwnNetworks = true,
        MemberDiskBytes = DiskBytes,
        UsePgRewind = false,
        DynamicConfiguration = new JsonObject
        {
            ["synchronous_mode"] = true,
            ["synchronous_mode_strict"] = true,
            ["postgresql"] = new JsonObject
            {
                // A dead connection is noticed within the time that a fault lasts.
                ["parameters"] = new JsonObject { ["wal_sender_timeout"] = "10s", ["wal_receiver_timeout"] = "10s" },
            },
        },
    };
}
