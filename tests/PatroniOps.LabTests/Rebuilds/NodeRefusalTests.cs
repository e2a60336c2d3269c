using System.Diagnostics;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>What the node itself forbids: a place that is no data directory or cannot be renamed, too small a disk, another rebuild at work.</summary>
public sealed class NodeRefusalTests(NodeRefusalTests.Fixture fixture) : IClassFixture<NodeRefusalTests.Fixture>
{
    private const string AllMethods = "BaseBackup Rewind DeltaRestore";

    public sealed class Fixture() : LabFixture("node-refusal", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task The_root_directory_and_an_empty_one()
    {
        var victim = await VictimAsync();
        await IsRefusedAsync(victim, "/", "/ is the root directory", AllMethods);
        var empty = Directory.CreateDirectory(Beside(victim, "empty"));
        await IsRefusedAsync(victim, empty.FullName, $"{empty.FullName} on {Environment.MachineName} is no data directory: it has no PG_VERSION", AllMethods);
        Assert.Empty(empty.EnumerateFileSystemInfos());
        await IsRefusedAsync(victim, Beside(victim, "nothing"), "has no", AllMethods);
        empty.Delete();
    }

    [RootFact]
    public async Task A_mount_point()
    {
        var victim = await VictimAsync();
        var place = Directory.CreateDirectory(Beside(victim, "mounted")).FullName;
        Run("mount", "--bind", victim.DataDirectory, place);
        try
        {
            await IsRefusedAsync(victim, place, $"{place} is a mount point, which no rename moves", "BaseBackup");
        }
        finally
        {
            Run("umount", place);
            Directory.Delete(place);
        }
    }

    [RootFact]
    public async Task A_disk_that_has_no_room_for_both_copies()
    {
        var victim = await VictimAsync();
        var disk = Directory.CreateDirectory(Beside(victim, "small")).FullName;
        Run("mount", "-t", "tmpfs", "-o", "size=64m", "none", disk);
        try
        {
            // As much of a data directory as a look at it needs.
            var place = Path.Combine(disk, "data");
            Directory.CreateDirectory(Path.Combine(place, "global"));
            foreach (var file in (string[])["PG_VERSION", "global/pg_control"])
                File.Copy(Path.Combine(victim.DataDirectory, file), Path.Combine(place, file));
            Run("chown", "-R", $"--reference={victim.DataDirectory}", disk);
            await IsRefusedAsync(victim, place, "MiB needed", "BaseBackup");
            Assert.Equal([place], Directory.EnumerateFileSystemEntries(disk));
        }
        finally
        {
            Run("umount", disk);
            Directory.Delete(disk);
        }
    }

    [Fact]
    public async Task A_second_rebuild_while_the_first_is_at_work_and_the_first_goes_on()
    {
        var victim = await VictimAsync();
        using var session = ModuleSession.Connect(Lab);
        List<(string Id, string Text)> second = [];
        var rebuilt = await LabRebuild.RunAsync(Lab, victim, request => request, moment =>
        {
            if (moment is { Step: "copy", Phase: JournalEvent.Begun })
                second.AddRange(((string[])["BaseBackup", "Reinitialize"]).Select(method => session.Invoke($"Invoke-ReplicaRebuild {victim.Name} -Method {method} {LabNode.Parameters(Lab, victim)} -Confirm:$false").OnlyError()));
        });
        Assert.Equal(2, second.Count);
        Assert.All(second, refused => Assert.Equal("Refused", refused.Id));
        Assert.All(second, refused => Assert.Contains($"rebuild {rebuilt.JournalId}", refused.Text, StringComparison.Ordinal));
        Assert.Equal([rebuilt.JournalId], LabRebuild.Journals.List().Where(j => j.Cluster == Lab.Options.Scope && j.Member == victim.Name && j.StartedAt >= rebuilt.StartedAt).Select(j => j.Id));
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private async Task<LabMember> VictimAsync()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        return Lab.Members.First(member => member != leader);
    }

    // The member's own patroni.yml with another data_dir: as somebody would have it who has mistaken the place.
    private async Task IsRefusedAsync(LabMember victim, string place, string why, string methods)
    {
        var configuration = Beside(victim, "mistaken.yml");
        var text = await File.ReadAllTextAsync(victim.Addresses.PatroniConfig);
        await File.WriteAllTextAsync(configuration, text.Replace($"data_dir: {victim.DataDirectory}\n", $"data_dir: {place}\n", StringComparison.Ordinal));
        using var session = ModuleSession.Connect(Lab);
        var before = (await victim.FingerprintAsync(), string.Join(' ', LabRebuild.Beside(victim)));
        foreach (var method in methods.Split(' '))
        {
            var parameters = LabNode.Parameters(Lab, victim).Replace(victim.Addresses.PatroniConfig, configuration, StringComparison.Ordinal);
            var (id, said) = session.Invoke($"Invoke-ReplicaRebuild {victim.Name} -Method {method} -SoakTime 1s {parameters} -Confirm:$false").OnlyError();
            Assert.Equal(nameof(FailureKind.Refused), id);
            Assert.Contains(why, said, StringComparison.Ordinal);
        }
        Assert.Equal(before, (await victim.FingerprintAsync(), string.Join(' ', LabRebuild.Beside(victim))));
        File.Delete(configuration);
    }

    private static string Beside(LabMember member, string name) => Path.Combine(Path.GetDirectoryName(member.DataDirectory)!, name);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
