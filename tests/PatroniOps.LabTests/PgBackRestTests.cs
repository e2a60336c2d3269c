using PatroniOps.Archives;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Processes;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests;

/// <summary>A pgBackRest repository as a source of WAL.</summary>
public sealed class PgBackRestTests(PgBackRestTests.Fixture fixture) : IClassFixture<PgBackRestTests.Fixture>
{
    public sealed class Fixture() : LabFixture("pgbackrest", new LabOptions { Members = 2, Archive = PatroniOps.Lab.ArchiveKind.PgBackRest });

    [Fact]
    public async Task A_repository_is_listed_with_the_segments_that_it_has()
    {
        var lab = fixture.Lab;
        var leader = await lab.TheLeaderAsync();
        var replica = lab.Members.Single(member => member != leader);
        using var session = ModuleSession.Connect(lab, $"-ArchivePath '{lab.Connection.Archive.Path}'");

        // A replica that receives nothing needs what is archived meanwhile.
        Assert.Equal(1, replica.SignalPostgres("walreceiver", LabSignal.Stop));
        var needed = LabFacts.SegmentName(await replica.NeededSegmentAsync());
        await leader.WriteAsync("to be archived");
        await leader.ExecuteAsync("SELECT pg_switch_wal()");
        await leader.WriteAsync("in the next segment");

        var archive = await Eventually.Read(TimeSpan.FromSeconds(30), () => Repository(session, replica), source => source.SegmentCount > 0);
        Assert.Equal((lab.Connection.Archive.Path, needed), (archive.Name, archive.First));
        Assert.Null(archive.Unknown);
        TheRepositoryIsProven(session, lab.Connection.Archive.Path!);
        replica.SignalPostgres("walreceiver", LabSignal.Continue);
        await lab.WaitHealthyAsync(LabFacts.HealthyAgain);
    }

    private static void TheRepositoryIsProven(ModuleSession session, string path)
    {
        var test = session.One<WalArchiveTest>("Test-WalArchive -Deep");
        Assert.True(test.IsGood, test.Reason);
        Assert.Equal((PatroniOps.Archives.ArchiveKind.PgBackRest, true, test.Count), (test.Kind, test.IsIntact, test.Verification?.SegmentsRead));
        Assert.NotNull(test.BehindBytes);
        var file = Directory.EnumerateFiles(path, $"{test.Last}-*", SearchOption.AllDirectories).Single();
        // The middle of what is compressed.
        WalFiles.Flip(file, new FileInfo(file).Length / 2);
        Assert.Equal((WalArchiveVerdict.Damaged, test.Last), (session.One<WalArchiveTest>("Test-WalArchive -Deep") is { } bad ? (bad.Verdict, Assert.Single(bad.Problems).Segment) : default));
        Assert.Equal(WalArchiveVerdict.Good, session.One<WalArchiveTest>("Test-WalArchive").Verdict);
        WalFiles.Flip(file, new FileInfo(file).Length / 2);
    }

    private static WalSource Repository(ModuleSession session, LabMember replica) =>
        Assert.Single(session.Wal(replica.Name).Sources, source => source.Kind == WalSourceKind.Archive);
}
