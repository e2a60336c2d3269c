using System.Globalization;
using System.Security.Cryptography;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Crash;

/// <summary>Restore-ReplicaWal keeps no journal: whenever it is killed, a second run begins anew with what is still missing.</summary>
[Trait("Category", "Long")]
public sealed class RestoreWalCrashTests(RestoreWalCrashTests.Fixture fixture) : IClassFixture<RestoreWalCrashTests.Fixture>
{
    private const string TemporarySlots = "SELECT count(*) FROM pg_replication_slots WHERE temporary";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public sealed class Fixture() : LabFixture("crash-wal", new LabOptions());

    [Fact]
    public async Task A_rescue_that_is_killed_leaves_no_half_segment_and_no_slot_and_the_next_one_finishes()
    {
        var broken = await ScenarioCatalogue.Find("wal-on-another-member").BreakAsync(fixture.Lab);
        var victim = fixture.Lab.Member(broken.Member);
        var leader = fixture.Lab.Member(broken.Leader);
        var keeper = fixture.Lab.Members.Single(m => m != victim && m != leader);
        await victim.KeepWalAsync();
        var before = Segments(victim);
        Func<Task<bool>>[] moments =
        [
            async () => await leader.ScalarAsync<long>(TemporarySlots) > 0,
            () => Task.FromResult(Unfinished(victim).Length > 0),
            () => Task.FromResult(StopsInTheMiddle(victim)),
            () => Task.FromResult(Placed(victim) > 0),
            () => Task.FromResult(Placed(victim) > 2),
        ];

        foreach (var moment in moments)
        {
            await KillAsync(victim, moment);
            // Those that let go when the tool's end of a pipe or a socket is gone.
            await Eventually.ReadAsync(Patience, async () => await leader.ScalarAsync<long>(TemporarySlots) + await keeper.ScalarAsync<long>(TemporarySlots), slots => slots == 0);
            await Eventually.Read(Patience, () => Unfinished(victim).Length, files => files == 0);
            var good = Segments(keeper);
            foreach (var (name, hash) in Segments(victim))
                Assert.True(hash == before.GetValueOrDefault(name) || hash == good.GetValueOrDefault(name), $"{name} is neither what it was nor the keeper's.");
        }

        using var session = ModuleSession.Connect(fixture.Lab);
        var result = session.One<ReplicaWalRestoreResult>($"Restore-ReplicaWal {victim.Name} -PatroniConfigPath '{victim.Addresses.PatroniConfig}' -Confirm:$false");
        await WalFiles.AreAsPostgresWritesThem(victim, result);
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private async Task KillAsync(LabMember victim, Func<Task<bool>> isTime)
    {
        using var tool = HostProcess.Start(fixture.Lab, "Restore-ReplicaWal", victim.Name, "-PatroniConfigPath", victim.Addresses.PatroniConfig);
        var said = Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        while (!await isTime() && !tool.HasExited)
            limit.Token.ThrowIfCancellationRequested();
        tool.Kill();
        await tool.WaitForExitAsync(limit.Token);
        foreach (var writer in Writers(victim))
            writer.Signal(LabSignal.Continue);
        Assert.True(tool.ExitCode == 137, $"It ended by itself: {string.Join(" ", await said)}");
    }

    private static string WalOf(LabMember member) => Path.Combine(member.DataDirectory, "pg_wal");

    private static FileInfo[] Unfinished(LabMember member) => new DirectoryInfo(WalOf(member)).GetFiles("patroniops.*");

    // Whoever writes the file of a segment whose name is free is stopped; a file that is whole by then goes on, and the next one has its turn.
    private static bool StopsInTheMiddle(LabMember member)
    {
        var writers = Writers(member);
        foreach (var writer in writers)
            writer.Signal(LabSignal.Stop);
        var isInTheMiddle = writers.Count > 0 && Unfinished(member).Any(f => f is { Exists: true, Length: > 0 and < LabFacts.SegmentSize } && !File.Exists(Path.Combine(WalOf(member), f.Name.Split('.')[1])));
        if (!isInTheMiddle)
            foreach (var writer in writers)
                writer.Signal(LabSignal.Continue);
        return isInTheMiddle;
    }

    // The file's name ends with the number of the process that has started the writer.
    private static IReadOnlyList<LabProcess> Writers(LabMember member) =>
        [.. Unfinished(member).SelectMany(f => LabProcess.ChildrenOf(int.Parse(f.Extension[1..], CultureInfo.InvariantCulture)))];

    private static int Placed(LabMember member) => Directory.GetFiles(Path.Combine(WalOf(member), "archive_status"), "*.done").Length;

    private static Dictionary<string, string> Segments(LabMember member) => Directory.EnumerateFiles(WalOf(member))
        .Where(file => Path.GetFileName(file).Length == 24)
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);
}
