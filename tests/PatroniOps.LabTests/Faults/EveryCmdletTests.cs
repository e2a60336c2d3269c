using System.Collections.Concurrent;
using System.Management.Automation;
using PatroniOps.Commands;
using PatroniOps.Lab.Faults;

namespace PatroniOps.LabTests.Faults;

/// <summary>Every cmdlet that asks a cluster, on one whose endpoints hang: each ends, and says so.</summary>
[Trait("Category", "Long")]
public sealed class EveryCmdletTests
{
    // Most of the time they wait.
    private const int AtTheSameTime = 10;

    // A cmdlet looks several times at the most, each look at every member within the connection's limit; the rest is for a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>What a cmdlet cannot do without, and how long it may wait itself.</summary>
    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["Connect-PatroniCluster"] = "-Uri $seeds[0] -PostgresCredential $observer -Timeout 2",
        ["Export-PatroniMetric"] = "-Path $file",
        ["Export-PatroniReport"] = "-Path $file",
        ["Export-PatroniSnapshot"] = "-Path $file",
        ["Get-ReplicaRecoveryPlan"] = "-Member fleet-001-c",
        ["Get-WalArchiveGap"] = "-Path $folder",
        ["Get-WalArchiveStatus"] = "-Over 1s",
        ["Invoke-PatroniFailover"] = "-Candidate fleet-001-c -Timeout 5",
        ["Invoke-PatroniResource"] = """DynamicConfiguration Set -Json '{"settings":{"ttl":30}}' -Timeout 5""",
        ["Invoke-PatroniSwitchover"] = "-Candidate fleet-001-c -Timeout 5",
        ["Invoke-ReplicaRebuild"] = "-Member fleet-001-c -Method Reinitialize",
        ["Measure-WalRetention"] = "-Over 1s",
        ["New-PatroniBaseBackup"] = "-Member fleet-001-c",
        ["Protect-PatroniMember"] = "-Member fleet-001-c -For 1h",
        ["Remove-PatroniSlot"] = "-SlotName fleet_001_c -Timeout 5",
        ["Repair-PatroniReplica"] = "-Member fleet-001-c",
        ["Repair-PatroniSlot"] = "-Timeout 5",
        ["Restart-PatroniMember"] = "-Member fleet-001-c -Timeout 5",
        ["Restore-ReplicaWal"] = "-Member fleet-001-c",
        ["Set-PatroniConfiguration"] = "-Setting @{ ttl = 30 } -Timeout 5",
        ["Set-PatroniMemberTag"] = "-Member fleet-001-c -NoFailover -Timeout 5",
        ["Switch-PatroniDataDirectory"] = "0123abcd",
        ["Test-WalArchive"] = "-Path $folder -RoundTrip -Timeout 5",
        ["Undo-ReplicaRebuild"] = "0123abcd",
        ["Unprotect-PatroniMember"] = "-Member fleet-001-c",
        ["Watch-PatroniCluster"] = "-For 3s -Interval 1",
    };

    // What these look for first is on this machine, and is not there.
    private static readonly string[] EndsBefore = ["New-PatroniBaseBackup", "Set-PatroniMemberTag", "Switch-PatroniDataDirectory", "Undo-ReplicaRebuild"];

    // These ask Patroni alone; the stand-in refuses whatever would change something.
    private static readonly string[] WithoutPostgres =
    [
        "Connect-PatroniCluster", "Invoke-PatroniReload", "Invoke-PatroniResource", "Restart-PatroniMember", "Resume-PatroniCluster", "Set-PatroniConfiguration", "Suspend-PatroniCluster",
        "Unprotect-PatroniMember",
    ];

    public static TheoryData<string> Ways => ["half-open Patroni", "dripping Patroni", "half-open PostgreSQL", "half-open address"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_cmdlet_ends_and_says_what_happened(string way)
    {
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Cmdlets(), new ParallelOptions { MaxDegreeOfParallelism = AtTheSameTime }, async (cmdlet, _) =>
        {
            if (await RunAsync(cmdlet, way) is { } what)
                wrong.Enqueue($"{cmdlet.Name}: {what}");
        });

        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong));
    }

    // What is wrong with how it ended; null: nothing.
    private static async Task<string?> RunAsync((string Name, bool Changes, bool HasCluster) cmdlet, string way)
    {
        var folder = Directory.CreateTempSubdirectory("faulty-");
        await using var fleet = new FaultyFleet();
        using var session = way == "half-open address" || !cmdlet.HasCluster ? fleet.Open() : fleet.Connect("-Credential $observer -Timeout 2");
        var endpoints = way.EndsWith("PostgreSQL", StringComparison.Ordinal) ? fleet.Sql : fleet.Rest;
        foreach (var proxy in endpoints)
            proxy.Fault = way.StartsWith("dripping", StringComparison.Ordinal) ? LineFaults.Drip : LineFaults.HalfOpen;
        var cluster = cmdlet.HasCluster ? way == "half-open address" ? "-Uri $seeds[0] -PostgresCredential $observer" : "-Connection $clusters[0]" : "";
        var script = $"$folder = '{folder.FullName}'; $file = \"$folder/file\"; {cmdlet.Name} {Arguments.GetValueOrDefault(cmdlet.Name)} {cluster} {(cmdlet.Changes ? "-Confirm:$false" : "")}";

        var started = TimeProvider.System.GetTimestamp();
        var answer = await Task.Run(() => session.Invoke(script));
        var took = TimeProvider.System.GetElapsedTime(started);
        session.Run<object>("Get-PatroniConnection | Disconnect-PatroniCluster");
        await fleet.NothingIsLeftOpenAsync();
        folder.Delete(recursive: true);
        var said = string.Join(Environment.NewLine, answer.Errors.Select(e => $"{e.Exception.GetType().Name}: {e}").Concat(answer.Warnings).Concat(answer.Objects.Select(o => PSSerializer.Serialize(o, 6))));
        return took > Limit ? $"took {took.TotalSeconds:0.0} s" : IsTold(cmdlet.Name, way, said) ? null : $"said {said}";
    }

    private static bool IsTold(string name, string way, string said) =>
        said.Contains("no answer within", StringComparison.Ordinal)
        // A short refusal arrives in time even byte by byte.
        || said.Contains("Patroni refused to reload", StringComparison.Ordinal)
        || EndsBefore.Contains(name)
        || (way == "half-open PostgreSQL" && WithoutPostgres.Contains(name));

    private static IEnumerable<(string Name, bool Changes, bool HasCluster)> Cmdlets() =>
        from type in typeof(ClusterCmdlet).Assembly.GetExportedTypes()
        where type is { IsAbstract: false } && (type.IsSubclassOf(typeof(ClusterCmdlet)) || type == typeof(ConnectPatroniClusterCommand))
        let attribute = type.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).Cast<CmdletAttribute>().Single()
        select ($"{attribute.VerbName}-{attribute.NounName}", attribute.SupportsShouldProcess, type != typeof(ConnectPatroniClusterCommand));
}
