using System.Globalization;
using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Unattended;

/// <summary>The rolling patch, each member down for longer than the ttl while WAL is written at full speed: with the playbook's hold no member needs a rebuild; without it the first one does.</summary>
[Trait("Category", "Long")]
public sealed class RollingPatchTests
{
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_member_streams_afterwards_and_none_was_rebuilt()
    {
        await using var lab = await StartAsync("patch", members: 3);
        var made = lab.Members.ToDictionary(m => m, Made);
        await using (await FullSpeed.StartAsync(lab))
        {
            var run = (await AnsibleRun.PlayAsync(lab, "patroniops.patroniops.rolling_patch", await VariablesAsync(lab))).Succeeded();
            Assert.Contains("Its WAL is not held any more", run.Output, StringComparison.Ordinal);
        }
        using var session = ModuleSession.Connect(lab);
        var leader = await lab.TheLeaderAsync();
        foreach (var member in lab.Members)
        {
            Assert.Equal(made[member], Made(member));
            if (member != leader)
                Assert.Equal(WalAvailabilityStatus.Streaming, (await Eventually.Read(LabFacts.HealthyAgain, () => session.Wal(member.Name), w => w.Status == WalAvailabilityStatus.Streaming)).Status);
        }
        Assert.Null((await leader.Rest.GetAsync("/config"))["slots"]);
    }

    [Fact]
    public async Task Without_the_hold_the_first_member_loses_its_WAL_the_patch_stops_there_and_the_repair_brings_it_back()
    {
        await using var lab = await StartAsync("patch-unheld", members: 3);
        var variables = await VariablesAsync(lab);
        variables["patroni_hold"] = false;
        variables["patroni_stream_timeout"] = 30;
        await using (await FullSpeed.StartAsync(lab))
        {
            var run = await AnsibleRun.PlayAsync(lab, "patroniops.patroniops.rolling_patch", variables);
            Assert.Equal((2, 1), (run.ExitCode, run.Failed));
        }
        using var session = ModuleSession.Connect(lab);
        var leader = await lab.TheLeaderAsync();
        var broken = Assert.Single(lab.Members, m => m != leader && session.Wal(m.Name).Status == WalAvailabilityStatus.Missing);
        var made = Made(broken);

        var options = new JsonObject { ["patroni_soak_time"] = "2s" };
        var check = (await AnsibleRun.PlayAsync(lab, "patroniops.patroniops.repair_replica", options, "--check", "--diff")).Succeeded();
        Assert.Equal((1, made), (check.Changed, Made(broken)));
        Assert.Equal(WalAvailabilityStatus.Missing, session.Wal(broken.Name).Status);
        Assert.Equal(1, (await AnsibleRun.PlayAsync(lab, "patroniops.patroniops.repair_replica", options)).Succeeded().Changed);
        Assert.Equal(WalAvailabilityStatus.Streaming, (await Eventually.Read(LabFacts.HealthyAgain, () => session.Wal(broken.Name), w => w.Status == WalAvailabilityStatus.Streaming)).Status);
        Assert.NotEqual(made, Made(broken));
        Assert.Equal(0, (await AnsibleRun.PlayAsync(lab, "patroniops.patroniops.repair_replica", options)).Succeeded().Changed);
    }

    private static Task<LabCluster> StartAsync(string name, int members) => LabCluster.StartAsync(new LabOptions { Members = members, Directory = LabPaths.DefaultDirectory($"test-{name}") });

    // Changes when a data directory is made anew.
    private static DateTime Made(LabMember member) => File.GetCreationTimeUtc(Path.Combine(member.DataDirectory, "PG_VERSION"));

    // What is done on a node here: it is down for longer than the ttl.
    private static async Task<JsonObject> VariablesAsync(LabCluster lab)
    {
        Assert.True(Down > lab.Options.Ttl + (2 * lab.Options.LoopWait));
        var tasks = Path.Combine(lab.Paths.Directory, "patch.yml");
        await File.WriteAllTextAsync(tasks, string.Create(CultureInfo.InvariantCulture, $$$"""
            - ansible.builtin.command: "{{ patroni_stop_command | join(' ') }}"
            - ansible.builtin.command: sleep {{{Down.TotalSeconds}}}
            - ansible.builtin.command: "{{ patroni_start_command | join(' ') }}"

            """));
        return new JsonObject
        {
            ["patroni_patch_tasks"] = tasks,
            ["patroni_patch_window"] = "5m",
            ["patroni_free_disk"] = $"{new DriveInfo(lab.Paths.Directory).AvailableFreeSpace}",
            ["patroni_accept"] = "Degraded",
            ["patroni_maximum_lag"] = "16MB",
        };
    }
}
