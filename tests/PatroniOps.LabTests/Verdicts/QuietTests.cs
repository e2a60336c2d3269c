using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>A cluster of three for being watched.</summary>
public sealed class QuietLab() : VerdictLab(new LabOptions { Directory = Recording.LabDirectory("quiet") });

/// <summary>A healthy cluster raises nothing but what is true while a member restarts and the leader changes, by the product's own limits.</summary>
[Collection("Verdicts")]
public sealed class QuietTests(QuietLab lab) : IClassFixture<QuietLab>
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    private static readonly string[] True = ["MemberRestarting Warning", "SwitchoverInProgress Warning"];

    [Fact]
    [Trait("Category", "Long")]
    public Task A_busy_cluster_is_quiet_through_a_restart_and_a_switchover() => WatchAsync("busy");

    [Fact]
    [Trait("Category", "Long")]
    public Task An_idle_cluster_is_quiet_through_a_restart_and_a_switchover() => WatchAsync("healthy");

    private async Task WatchAsync(string name)
    {
        var scenario = ScenarioCatalogue.Find(name);
        var broken = await scenario.BreakAsync(lab.Cluster);
        try
        {
            var (leader, replica) = (lab.Cluster.Member(broken.Leader), lab.Cluster.Member(broken.Member));
            var steps = StepsAsync(leader, replica);
            var said = await LookAsync();
            await steps;
            Assert.True(said.Count == 0, string.Join("\n", said));
        }
        finally
        {
            await scenario.HealAsync(lab.Cluster, broken);
        }
    }

    private static async Task StepsAsync(LabMember leader, LabMember replica)
    {
        await Task.Delay(Watched / 6);
        await SendAsync(replica, "/restart", []);
        await Task.Delay(Watched / 3);
        await SendAsync(leader, "/switchover", new JsonObject { ["leader"] = leader.Name, ["candidate"] = replica.Name });
    }

    private static async Task SendAsync(LabMember member, string path, JsonObject body)
    {
        try
        {
            await member.Rest.SendAsync(HttpMethod.Post, path, body);
        }
        catch (TaskCanceledException)
        {
            // It answers when it is done; what matters is what is seen meanwhile.
        }
    }

    // Everything of warning or above that is not true of a restart or a switchover.
    private async Task<HashSet<string>> LookAsync()
    {
        using var profile = new TemporaryFolder();
        using var connection = await lab.ConnectAsync(profile);
        var started = TimeProvider.System.GetTimestamp();
        var said = new HashSet<string>(StringComparer.Ordinal);
        ClusterVerdict verdict;
        do
        {
            verdict = ClusterDiagnosis.Judge(await connection.CollectAsync(default));
            var second = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            foreach (var finding in verdict.Findings.Where(f => f.Severity >= FindingSeverity.Warning && !True.Contains($"{f.Id} {f.Severity}")))
                said.Add($"after {second:0.0} s: {finding}");
            await Task.Delay(TimeSpan.FromSeconds(0.5));
        }
        while (TimeProvider.System.GetElapsedTime(started) < Watched);
        if (verdict.Verdict != Verdict.Healthy)
            said.Add($"at the end: {verdict.Verdict}");
        return said;
    }
}
