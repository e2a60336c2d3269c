using System.Text.Json.Nodes;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Observing;
using WalArchiveRoundTrip = PatroniOps.Archives.WalArchiveRoundTrip;

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

    [Fact]
    public async Task Each_members_archiving_is_told_and_a_failure_is_seen()
    {
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await fixture.Lab.TheLeaderAsync();
        using var session = ModuleSession.Connect(fixture.Lab);
        await leader.ExecuteAsync("SELECT pg_switch_wal()");
        var sound = await Eventually.Read(TimeSpan.FromSeconds(30), () => Archiving(session, leader.Name), s => s is { ReadyCount: 0, LastArchivedWal: not null });
        Assert.Equal((WalArchivingState.Archiving, true, "on"), (sound.State, sound.IsHealthy, sound.Mode));
        Assert.InRange(sound.LagBytes!.Value, 0, LabFacts.SegmentSize);
        Assert.All(session.Run<WalArchiveStatus>("Get-WalArchiveStatus").Where(s => !s.IsLeader), s => Assert.Equal(WalArchivingState.Standby, s.State));

        await leader.ExecuteAsync("ALTER SYSTEM SET archive_command = 'false'");
        await leader.ExecuteAsync("SELECT pg_reload_conf()");
        try
        {
            await leader.ExecuteAsync("SELECT pg_create_restore_point('x'), pg_switch_wal()");
            var failing = await Eventually.Read(TimeSpan.FromSeconds(30), () => Archiving(session, leader.Name), s => s.State == WalArchivingState.Failing);
            Assert.Equal((false, LabFacts.SegmentSize), (failing.IsHealthy, failing.ReadyBytes));
            Assert.True(failing.LagBytes >= LabFacts.SegmentSize, failing.ToString());
            Assert.Equal(failing.LastFailedWal, LabFacts.SegmentName((long)(failing.ArchivedLsn!.Value.Value / (ulong)LabFacts.SegmentSize)));
            Assert.True(session.One<WalArchiveStatus>($"Get-WalArchiveStatus {leader.Name} -Over 3s").FailedPerHour > 0);
        }
        finally
        {
            await leader.ExecuteAsync("ALTER SYSTEM RESET archive_command");
            await leader.ExecuteAsync("SELECT pg_reload_conf()");
        }
    }

    [Fact]
    public async Task A_round_trip_proves_the_way_into_the_archive()
    {
        await fixture.Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await fixture.Lab.TheLeaderAsync();
        using var session = ModuleSession.Connect(fixture.Lab, $"-ArchivePath '{Archive}'");
        const string switching = "-RoundTrip -SwitchCredential $superuser";
        Assert.Contains("GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal()", Assert.Single(session.Invoke("Test-WalArchive -RoundTrip").Errors).ToString(), StringComparison.Ordinal);
        var before = await leader.ScalarAsync<string>("SELECT pg_walfile_name(pg_current_wal_lsn())");
        Assert.Empty(session.Run<WalArchiveRoundTrip>($"Test-WalArchive {switching} -WhatIf"));
        Assert.Equal(before, await leader.ScalarAsync<string>("SELECT pg_walfile_name(pg_current_wal_lsn())"));
        var trip = session.One<WalArchiveRoundTrip>($"Test-WalArchive {switching}");
        Assert.True(trip.IsArchived, trip.Reason);
        Assert.Equal((leader.Name, before), (trip.Member, trip.Segment));

        var elsewhere = Directory.CreateTempSubdirectory("elsewhere").FullName;
        var lost = session.One<WalArchiveRoundTrip>($"Test-WalArchive -Path '{elsewhere}' {switching} -Timeout 2s");
        Assert.False(lost.IsArchived);
        Assert.False(session.One<bool>($"Test-WalArchive -Path '{elsewhere}' {switching} -Timeout 2s -Quiet"));
        Directory.Delete(elsewhere);
    }

    private static WalArchiveStatus Archiving(ModuleSession session, string member) => session.One<WalArchiveStatus>($"Get-WalArchiveStatus {member}");

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
