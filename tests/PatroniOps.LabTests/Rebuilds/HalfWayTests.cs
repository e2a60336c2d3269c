using System.Diagnostics;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.LabTests.Support;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>A base backup that fails on its way leaves the member exactly as it was: the same server on the same data, and nothing beside it.</summary>
public sealed class HalfWayTests(HalfWayTests.Fixture fixture) : IClassFixture<HalfWayTests.Fixture>
{
    private const long SlowRate = 4096;

    // Less than a copy needs, and enough for the server in use to write its WAL once the copy is removed.
    private const long Room = 40 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public sealed class Fixture() : LabFixture("half-way", new LabOptions { MaxWalSize = "256MB" });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_file_that_the_copy_got_wrong()
    {
        var (victim, _) = await ChooseAsync();
        await LeavesEverythingAsync(victim, request => request, moment =>
        {
            if (moment is { Step: "copy", Phase: JournalEvent.Done })
                Damage(LabRebuild.Journals.List()[0].Job.NewDirectory);
        }, "pg_verifybackup found the copy damaged");
    }

    [Fact]
    public async Task A_source_that_is_killed_during_the_copy()
    {
        var (victim, source) = await ChooseAsync();
        await FillAsync();
        await LeavesEverythingAsync(victim, request => request with { Source = source.Name, MaximumRate = SlowRate },
            moment => WhenCopying(moment, source, () => source.Postmaster?.Signal(LabSignal.Kill)), $"pg_basebackup from {source.Name} failed");
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    [Fact]
    public async Task A_connection_that_is_cut_during_the_copy()
    {
        var (victim, source) = await ChooseAsync();
        await FillAsync();
        await LeavesEverythingAsync(victim, request => request with { Source = source.Name, MaximumRate = SlowRate },
            moment => WhenCopying(moment, source, () => source.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE state = 'backup'").GetAwaiter().GetResult()),
            $"pg_basebackup from {source.Name} failed");
    }

    [RootFact]
    public async Task A_disk_that_becomes_full_during_the_copy()
    {
        var (victim, _) = await ChooseAsync();
        await FillAsync();
        var home = Path.GetDirectoryName(victim.DataDirectory)!;
        await victim.StopAsync();
        Run("mv", home, $"{home}.disk");
        Directory.CreateDirectory(home);
        Run("mount", "-t", "tmpfs", "-o", "size=1g", "none", home);
        try
        {
            Run("cp", "-a", $"{home}.disk/.", home);
            victim.Start();
            await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
            var filler = Path.Combine(home, "filler");
            await LeavesEverythingAsync(victim, request => request, moment =>
            {
                if (moment is { Step: "copy", Phase: JournalEvent.Begun })
                    Fill(filler, new DriveInfo(home).AvailableFreeSpace - Room);
            }, "No space left");
            File.Delete(filler);
            await victim.StopAsync();
            Run("cp", "-a", $"{home}/.", $"{home}.disk");
        }
        finally
        {
            await victim.StopAsync();
            Run("umount", home);
            Directory.Delete(home);
            Run("mv", $"{home}.disk", home);
            victim.Start();
        }
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private async Task<(LabMember Victim, LabMember Source)> ChooseAsync()
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        var replicas = Lab.Members.Where(member => member != leader).ToList();
        return (replicas[0], replicas[1]);
    }

    // At the slow rate this takes long enough to be interrupted.
    private async Task FillAsync() =>
        await (await Lab.TheLeaderAsync()).ExecuteAsync("CREATE TABLE IF NOT EXISTS lab.bulk AS SELECT repeat(md5(i::text), 50) AS text FROM generate_series(1, 40000) AS i");

    private async Task LeavesEverythingAsync(LabMember victim, Func<RebuildRequest, RebuildRequest> change, Action<StepMoment> moment, string why)
    {
        var before = (await victim.FingerprintAsync(), Inode(victim.DataDirectory));
        var failure = await Assert.ThrowsAsync<PatroniOpsException>(() => LabRebuild.RunAsync(Lab, victim, change, moment));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{victim.Name} is as it was before", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await victim.FingerprintAsync(), Inode(victim.DataDirectory)));
        Assert.Equal(["data", "data.patroniops", "data.patroniops.lock"], LabRebuild.Beside(victim));
        var journal = LabRebuild.Journals.List()[0];
        Assert.Equal(RebuildStatus.RolledBack, journal.Status);
        // The node's copy of the journal tells the same, and nothing else of the rebuild is left beside it.
        var there = Path.Combine(journal.Job.JournalDirectory, $"{journal.Id}.jsonl");
        Assert.Equal(journal.Entries.Count + 1, (await File.ReadAllLinesAsync(there)).Length);
        Assert.Equal([there], Directory.EnumerateFiles(journal.Job.JournalDirectory, $"{journal.Id}*"));
        // On a disk that was full its receiver had to begin anew.
        await Eventually.ReadAsync(Patience, () => victim.ScalarAsync<string>("SELECT status FROM pg_stat_wal_receiver"), status => status == "streaming");
    }

    private static void WhenCopying(StepMoment moment, LabMember source, Action act)
    {
        if (moment is not { Step: "copy", Phase: JournalEvent.Begun })
            return;
        _ = Task.Run(async () =>
        {
            await Eventually.ReadAsync(Patience, () => source.ScalarAsync<long>("SELECT count(*) FROM pg_stat_progress_basebackup WHERE phase = 'streaming database files' AND backup_streamed > 0"), count => count > 0);
            act();
        });
    }

    private static void Damage(string directory)
    {
        var file = Directory.EnumerateFiles(Path.Combine(directory, "base", "1")).OrderByDescending(f => new FileInfo(f).Length).First();
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        var first = stream.ReadByte();
        stream.Position = 0;
        stream.WriteByte((byte)~first);
    }

    private static void Fill(string file, long bytes) => Run("fallocate", "-l", $"{bytes}", file);

    private static string Inode(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", "%d:%i", path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
