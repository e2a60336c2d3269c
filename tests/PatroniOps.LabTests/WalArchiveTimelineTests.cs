using System.Text.Json.Nodes;
using PatroniOps.Archives;
using PatroniOps.Archives.Verification;
using PatroniOps.Lab;
using PatroniOps.LabTests.Backups;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests;

/// <summary>Test-WalArchive over timelines that a switchover and the crash of a leader made.</summary>
public sealed class WalArchiveTimelineTests(WalArchiveTimelineTests.Fixture fixture) : IClassFixture<WalArchiveTimelineTests.Fixture>
{
    public sealed class Fixture() : LabFixture("wal-archive", new LabOptions { Archive = PatroniOps.Lab.ArchiveKind.Directory, ArchivePrograms = Programs });

    private static readonly string[] Programs = ["gzip", "lz4", "zstd"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    [Trait("Category", "Long")]
    public async Task An_archive_over_three_timelines_is_whole_and_what_is_taken_out_is_named()
    {
        var lab = fixture.Lab;
        var first = await lab.TheLeaderAsync();
        var second = lab.Members.First(m => m != first);
        await FillAsync(first);
        await BackUpAsync(first);
        await FillAsync(first);
        await first.Rest.SendAsync(HttpMethod.Post, "/switchover", new JsonObject { ["leader"] = first.Name, ["candidate"] = second.Name });
        await Eventually.ReadAsync(Patience, async () => (await lab.LeaderAsync())?.Name, name => name == second.Name);
        await lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await FillAsync(second);
        await second.KillAsync();
        var third = await Eventually.ReadAsync(Patience, () => lab.LeaderAsync(), leader => leader is not null && leader != second);
        await Eventually.ReadAsync(Patience, () => TryAsync(() => FillAsync(third!)), isDone => isDone);
        second.Start();
        await lab.WaitHealthyAsync(Patience);
        await FillAsync(third!);

        using var session = ModuleSession.Connect(lab, $"-ArchivePath '{lab.Connection.Archive.Path}'");
        var whole = await Eventually.Read(Patience, () => session.One<WalArchiveTest>("Test-WalArchive -Deep"), test => test.Timelines.Count(t => t.Count > 0) == 3);
        Assert.True(whole.IsGood, $"{whole.Reason} {string.Join("; ", whole.Problems)}");
        Assert.Equal([null, 1u, 2u], whole.Timelines.Select(t => t.Parent));
        Assert.Empty(whole.Gaps);
        var alone = session.One<WalArchiveTest>($"Test-WalArchive -Path '{lab.Connection.Archive.Path}' -SystemIdentifier {whole.SystemIdentifier}");
        Assert.Equal((whole.First, whole.Last, true), (alone.First, alone.Last, alone.IsGood));

        foreach (var program in Programs)
            WhatWentThroughAProgramIsAsGood(session, lab.Paths.ArchiveOf(program), whole);
        TheLedgerKnowsWhatHasNotChanged(session, lab.Paths.ArchiveOf("zstd"), whole);

        var lost = whole.Timelines[1].First!;
        File.Delete(Path.Combine(lab.Connection.Archive.Path!, lost));
        var gap = Assert.Single(session.Run<WalArchiveGap>("Get-WalArchiveGap -GracePeriod 0.001"));
        Assert.Equal((lost, lost, 1L, WalArchiveGapStatus.Open), (gap.First, gap.Last, gap.Count, gap.Status));
        Assert.StartsWith("00000001", gap.Before, StringComparison.Ordinal);
        Assert.NotNull(gap.PreviousBackup?.StopLsn);
        Assert.Null(gap.UnreachableTo);
    }

    private static void WhatWentThroughAProgramIsAsGood(ModuleSession session, string path, WalArchiveTest plain)
    {
        var test = session.One<WalArchiveTest>($"Test-WalArchive -Path '{path}' -Deep");
        Assert.True(test.IsGood, $"{path}: {test.Reason} {string.Join("; ", test.Problems)}");
        Assert.Equal((plain.First, plain.Last, plain.Count, plain.Count, true), (test.First, test.Last, test.Count, test.Verification!.SegmentsRead, test.IsIntact));
        Assert.Equal(plain.Timelines, test.Timelines);
        Assert.Equal(plain.Verification!.BytesRead, test.Verification.BytesRead);
        Assert.True(test.StoredBytes < plain.StoredBytes / 2, $"{path}: {test.StoredBytes} bytes");
        var file = Directory.EnumerateFiles(path, $"{plain.Timelines[0].Last}*").Single();
        using (Flipped.Of(file))
            Assert.Equal(plain.Timelines[0].Last, Assert.Single(session.One<WalArchiveTest>($"Test-WalArchive -Path '{path}' -Deep").Problems).Segment);
    }

    private static void TheLedgerKnowsWhatHasNotChanged(ModuleSession session, string path, WalArchiveTest plain)
    {
        using var folder = new ScratchFolder();
        WalVerification Run(string ledger, string more = "") => session.One<WalArchiveTest>($"Test-WalArchive -Path '{path}' -Deep -Ledger '{folder.Path}/{ledger}' {more}").Verification!;
        Assert.Equal((plain.Count, 0L), Run("one") is { } first ? (first.SegmentsRead, first.SegmentsKnown) : default);
        Assert.Equal((0L, 0L, plain.Count), Run("one") is { } second ? (second.SegmentsRead, second.BytesRead, second.SegmentsKnown) : default);
        // The same bytes, written anew.
        var changed = Directory.EnumerateFiles(path, $"{plain.Timelines[1].First}*").Single();
        File.SetLastWriteTimeUtc(changed, File.GetLastWriteTimeUtc(changed).AddSeconds(1));
        Assert.Equal((1L, plain.Count - 1), Run("one") is { } third ? (third.SegmentsRead, third.SegmentsKnown) : default);

        var parts = Enumerable.Range(1, 2).Select(i => Run($"part{i}", $"-Partition {i} -PartitionCount 2").SegmentsRead).ToList();
        Assert.Equal(plain.Count, parts.Sum());
        Assert.All(parts, read => Assert.True(read > 0));
        File.WriteAllText(Path.Combine(folder.Path, "merged"), string.Concat(Enumerable.Range(1, 2).Select(i => File.ReadAllText(Path.Combine(folder.Path, $"part{i}")))));
        Assert.Equal((0L, plain.Count), Run("merged") is { } whole ? (whole.SegmentsRead, whole.SegmentsKnown) : default);
        Assert.Equal(plain.Count, Run("merged", "-Force").SegmentsRead);
    }

    private static async Task FillAsync(LabMember leader)
    {
        for (var i = 0; i < 3; i++)
        {
            await leader.ExecuteAsync("INSERT INTO lab.canary (note) SELECT md5(i::text) FROM generate_series(1, 1000) i");
            await leader.ExecuteAsync("SELECT pg_switch_wal()");
        }
        await Eventually.ReadAsync(Patience, () => leader.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready')"), isAnyLeft => !isAnyLeft);
    }

    private static async Task BackUpAsync(LabMember leader)
    {
        await using var connection = await leader.OpenAsync();
        foreach (var sql in new[] { "SELECT pg_backup_start('lab', true)", "SELECT pg_backup_stop()" })
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync();
        }
    }

    // The new leader's first moments.
    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    }
}
