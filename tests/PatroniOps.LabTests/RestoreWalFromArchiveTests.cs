using System.IO.Compression;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests;

/// <summary>Restore-ReplicaWal where only an archive has what is missing, and the member has no restore_command.</summary>
public sealed class RestoreWalFromArchiveTests(RestoreWalFromArchiveTests.Fixture fixture) : IClassFixture<RestoreWalFromArchiveTests.Fixture>
{
    public sealed class Fixture() : LabFixture("restore-wal-archive", new LabOptions { Archive = ArchiveKind.Directory });

    // Rows lie at a segment's beginning here; the rest of it is skipped.
    private const int AmongTheRows = 5000;

    private string Archive => fixture.Lab.Connection.Archive.Path!;

    [Fact]
    public async Task The_archives_segments_are_brought_and_damaged_ones_never()
    {
        var leader = await fixture.Lab.TheLeaderAsync();
        var broken = await ScenarioCatalogue.Find("restore-command-missing").BreakAsync(fixture.Lab);
        var victim = fixture.Lab.Member(broken.Member);
        var needed = await victim.NeededSegmentAsync();
        await victim.KeepWalAsync();
        using var session = ModuleSession.Connect(fixture.Lab, $"-ArchivePath '{Archive}'");
        var command = $"Restore-ReplicaWal {victim.Name} -PatroniConfigPath '{victim.Addresses.PatroniConfig}' -StallTimeout 60s -Confirm:$false";

        Compress(needed + 1);
        WhatNobodyHasIsRefused(session, command, needed + 2);
        await ADamagedSegmentIsNotBrought(session, command, victim, needed + 2);
        await ARestoreCommandThatBringsADamagedOneIsRefused(session, command, victim, needed + 2);
        await ItStreamsAgain(session, command, leader, victim);
    }

    private string File(long number) => Path.Combine(Archive, LabFacts.SegmentName(number));

    private void Compress(long number)
    {
        using (var plain = System.IO.File.OpenRead(File(number)))
        using (var packed = new GZipStream(System.IO.File.Create(File(number) + ".gz"), CompressionLevel.Fastest))
            plain.CopyTo(packed);
        System.IO.File.Delete(File(number));
    }

    private void WhatNobodyHasIsRefused(ModuleSession session, string command, long number)
    {
        System.IO.File.Move(File(number), File(number) + ".aside");
        var refused = session.Invoke(command).OnlyError();
        System.IO.File.Move(File(number) + ".aside", File(number));
        Assert.Equal("Refused", refused.Id);
        Assert.Contains("nothing was changed", refused.Text, StringComparison.Ordinal);
        Assert.Contains($"no place that was read has {LabFacts.SegmentName(number)}", refused.Text, StringComparison.Ordinal);
    }

    private async Task ADamagedSegmentIsNotBrought(ModuleSession session, string command, LabMember victim, long number)
    {
        WalFiles.Flip(File(number), AmongTheRows);
        var refused = session.Invoke(command).OnlyError();
        Assert.Contains($"no source has a good copy of {LabFacts.SegmentName(number)}", refused.Text, StringComparison.Ordinal);
        Assert.Contains("the copy there is damaged: a record's checksum is wrong", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(victim.DataDirectory, "pg_wal", "archive_status")), f => f.Contains(LabFacts.SegmentName(number), StringComparison.Ordinal));
        // What came before it was brought, and is taken.
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), victim.NeededSegmentAsync, at => at == number);
    }

    private async Task ARestoreCommandThatBringsADamagedOneIsRefused(ModuleSession session, string command, LabMember victim, long number)
    {
        await SetRestoreCommandAsync(victim, $"'cp \"{Archive}/%f\" \"%p\"'");
        var refused = session.Invoke(command).OnlyError();
        await SetRestoreCommandAsync(victim, "''");
        Assert.Contains($"restore_command brings a damaged {LabFacts.SegmentName(number)}", refused.Text, StringComparison.Ordinal);
        WalFiles.Flip(File(number), AmongTheRows);
    }

    private async Task ItStreamsAgain(ModuleSession session, string command, LabMember leader, LabMember victim)
    {
        Assert.Equal(WalAvailabilityStatus.AvailableInArchive, session.Wal(victim.Name).Status);
        await using var writer = RecyclingWriter.Start(leader, rowsPerSegment: 25);
        var result = session.One<ReplicaWalRestoreResult>(command);
        await writer.StopAsync();
        Assert.Equal([Archive], result.Sources);
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => writer.CountAsync(victim), count => count == writer.Committed);
        Assert.Equal(writer.Committed, await writer.CountAsync(leader));
        await WalFiles.AreAsPostgresWritesThem(victim, result);
    }

    private static async Task SetRestoreCommandAsync(LabMember member, string command)
    {
        await member.ExecuteAsync($"ALTER SYSTEM SET restore_command = {command}");
        await member.ExecuteAsync("SELECT pg_reload_conf()");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(20), () => member.ScalarAsync<bool>("SELECT setting <> '' FROM pg_settings WHERE name = 'restore_command'"), isSet => isSet == (command != "''"));
    }
}
