using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests;

/// <summary>Removed WAL with a plain archive directory behind it.</summary>
public sealed class ArchiveTests(ArchiveTests.Fixture fixture) : IClassFixture<ArchiveTests.Fixture>
{
    public sealed class Fixture() : LabFixture("archive", new LabOptions { Archive = ArchiveKind.Directory, UseRestoreCommand = false });

    private string Archive => fixture.Lab.Connection.Archive.Path!;

    [Fact]
    public async Task An_archive_counts_when_it_was_read_when_it_is_whole_and_when_the_member_asks_it()
    {
        var leader = await fixture.Lab.TheLeaderAsync();
        var broken = await ScenarioCatalogue.Find("wal-removed").BreakAsync(fixture.Lab);
        var victim = fixture.Lab.Member(broken.Member);
        using var blind = ModuleSession.Connect(fixture.Lab);
        using var session = ModuleSession.Connect(fixture.Lab, $"-ArchivePath '{Archive}'");

        AnArchiveNobodyLookedIntoIsUnknown(blind, victim);
        AMemberThatNeverAsksItStaysBehind(session, victim);
        await AGapIsNamed(session, leader, victim);
        await WithARestoreCommandItHeals(session, leader, victim);
    }

    private static void AnArchiveNobodyLookedIntoIsUnknown(ModuleSession session, LabMember victim)
    {
        var wal = session.Wal(victim.Name);
        Assert.Equal(WalAvailabilityStatus.Unknown, wal.Status);
        Assert.NotEqual(true, wal.IsAvailable);
        Assert.Contains(wal.Sources, source => source is { Kind: WalSourceKind.Archive, Unknown: not null });
        Assert.False(session.IsWalAvailable());
    }

    private static void AMemberThatNeverAsksItStaysBehind(ModuleSession session, LabMember victim)
    {
        var wal = session.Wal(victim.Name);
        Assert.Equal((WalAvailabilityStatus.AvailableInArchive, false), (wal.Status, wal.IsAvailable));
        Assert.Null(wal.FirstMissingSegment);
        Assert.Contains("restore_command", wal.Reason, StringComparison.Ordinal);
    }

    private async Task AGapIsNamed(ModuleSession session, LabMember leader, LabMember victim)
    {
        var between = (await victim.NeededSegmentAsync() + await leader.OldestSegmentAsync()) / 2;
        var segment = Path.Combine(Archive, LabFacts.SegmentName(between));
        var aside = segment + ".aside";
        File.Move(segment, aside);
        var wal = session.Wal(victim.Name);
        Assert.Equal((WalAvailabilityStatus.Missing, false), (wal.Status, wal.IsAvailable));
        Assert.Equal((LabFacts.SegmentName(between), LabFacts.SegmentSize), (wal.FirstMissingSegment, wal.MissingBytes));
        File.Move(aside, segment);
        Assert.Equal(WalAvailabilityStatus.AvailableInArchive, session.Wal(victim.Name).Status);
    }

    private async Task WithARestoreCommandItHeals(ModuleSession session, LabMember leader, LabMember victim)
    {
        var restore = new JsonObject { ["restore_command"] = $"cp \"{Archive}/%f\" \"%p\"" };
        await leader.Rest.SendAsync(HttpMethod.Patch, "/config", new JsonObject { ["postgresql"] = new JsonObject { ["parameters"] = restore } });
        await Eventually.Read(TimeSpan.FromSeconds(40), () => session.Wal(victim.Name), wal =>
        {
            Assert.True(wal.Status is WalAvailabilityStatus.AvailableInArchive or WalAvailabilityStatus.AvailableUpstream
                or WalAvailabilityStatus.CatchingUp or WalAvailabilityStatus.Streaming, wal.ToString());
            return wal.Status == WalAvailabilityStatus.Streaming;
        });
        Assert.True(session.IsWalAvailable());
    }
}
