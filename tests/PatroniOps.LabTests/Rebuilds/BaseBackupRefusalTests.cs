using System.Diagnostics;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>A base backup that would lose data, or cannot work, is refused before anything is touched.</summary>
public sealed class BaseBackupRefusalTests(BaseBackupRefusalTests.Fixture fixture) : IClassFixture<BaseBackupRefusalTests.Fixture>
{
    public sealed class Fixture() : LabFixture("backup-refusal", new LabOptions());

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task The_leader()
    {
        var leader = await Lab.TheLeaderAsync();
        await IsRefusedAsync(leader, leader, "is the leader");
    }

    [Fact]
    public async Task The_node_of_another_member()
    {
        var (victim, other) = await ReplicasAsync();
        await IsRefusedAsync(victim, other, $"is not the node of {victim.Name}");
    }

    [Fact]
    public async Task An_unknown_member()
    {
        var (victim, _) = await ReplicasAsync();
        await IsRefusedAsync(victim, victim, "is not the node of bar-psqldb99", member: "bar-psqldb99");
    }

    [Fact]
    public async Task A_copy_of_itself_and_a_source_that_is_not_known()
    {
        var (victim, _) = await ReplicasAsync();
        await IsRefusedAsync(victim, victim, $"{victim.Name} cannot be copied from itself", $"-Source {victim.Name}");
        await IsRefusedAsync(victim, victim, "the member to copy from is not known", "-Source bar-psqldb99");
    }

    [Fact]
    public async Task A_leader_whose_Patroni_hangs()
    {
        var (victim, _) = await ReplicasAsync();
        var leader = await Lab.TheLeaderAsync();
        var frozen = leader.Patroni!.Value;
        await WhileFrozenAsync(frozen, () => IsRefusedAsync(victim, victim, $"{leader.Name} is listed as leader, but its REST API does not answer"));
    }

    [Fact]
    public async Task A_leader_whose_PostgreSQL_hangs()
    {
        var (victim, _) = await ReplicasAsync();
        var leader = await Lab.TheLeaderAsync();
        await WhileFrozenAsync(leader.Postmaster!.Value, () => IsRefusedAsync(victim, victim, $"{leader.Port}: PostgreSQL gave no answer"));
    }

    [Fact]
    public async Task While_somebody_else_is_at_work_on_the_member()
    {
        var (victim, _) = await ReplicasAsync();
        var file = $"{victim.DataDirectory}.patroniops.lock";
        using var other = Process.Start(new ProcessStartInfo("flock", [file, "sh", "-c", "echo ann@elsewhere >\"$1\"; echo held; exec cat", "sh", file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());
        try
        {
            await IsRefusedAsync(victim, victim, "ann@elsewhere");
        }
        finally
        {
            other.StandardInput.Close();
            await other.WaitForExitAsync();
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_role_that_may_not_replicate()
    {
        var (victim, _) = await ReplicasAsync();
        await IsRefusedAsync(victim, victim, "replication", "-ReplicationCredential $observer", id: null);
    }

    [Fact]
    public async Task A_paused_cluster()
    {
        var broken = await ScenarioCatalogue.Find("paused").BreakAsync(Lab);
        var victim = Lab.Member(broken.Member);
        await IsRefusedAsync(victim, victim, "the cluster is paused");
        await ScenarioCatalogue.Find("paused").HealAsync(Lab, broken);
    }

    [Fact]
    public async Task The_data_of_another_cluster()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var broken = await ScenarioCatalogue.Find("wrong-system-identifier").BreakAsync(Lab);
        var victim = Lab.Member(broken.Member);
        await IsRefusedAsync(victim, victim, "it is another cluster's data");
        await ScenarioCatalogue.Find("wrong-system-identifier").HealAsync(Lab, broken);
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private async Task<(LabMember Victim, LabMember Other)> ReplicasAsync()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        var replicas = Lab.Members.Where(member => member != leader).ToList();
        return (replicas[0], replicas[1]);
    }

    private async Task IsRefusedAsync(LabMember victim, LabMember node, string why, string more = "", string? member = null, string? id = "Refused")
    {
        using var session = ModuleSession.Connect(Lab, "-Timeout 2");
        var before = (await victim.FingerprintAsync(), string.Join(' ', LabRebuild.Beside(victim)));
        var answer = session.Invoke($"Invoke-ReplicaRebuild {member ?? victim.Name} -Method BaseBackup -SoakTime 1s {more} {LabNode.Parameters(Lab, node)} -Confirm:$false");
        Assert.Empty(answer.Objects);
        var (errorId, text) = answer.OnlyError();
        Assert.Equal(id ?? errorId, errorId);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.DoesNotContain(LabRebuild.Journals.List(), j => j.Member == victim.Name && j.Status == Recovery.Journals.RebuildStatus.Unfinished);
        Assert.Equal(before.Item1, await victim.FingerprintAsync());
        Assert.Equal(before.Item2, string.Join(' ', LabRebuild.Beside(victim).Where(n => before.Item2.Contains(n, StringComparison.Ordinal) || n != "data.patroniops.lock")));
    }

    private async Task WhileFrozenAsync(LabProcess process, Func<Task> act)
    {
        process.Signal(LabSignal.Stop);
        try
        {
            await act();
        }
        finally
        {
            process.Signal(LabSignal.Continue);
        }
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }
}
