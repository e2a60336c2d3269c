using System.Text.Json.Nodes;
using PatroniOps.Archives;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests;

/// <summary>Test-WalArchive over timelines that a switchover and the crash of a leader made.</summary>
public sealed class WalArchiveTimelineTests(WalArchiveTimelineTests.Fixture fixture) : IClassFixture<WalArchiveTimelineTests.Fixture>
{
    public sealed class Fixture() : LabFixture("wal-archive", new LabOptions { Archive = PatroniOps.Lab.ArchiveKind.Directory });

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

        var lost = whole.Timelines[1].First!;
        File.Delete(Path.Combine(lab.Connection.Archive.Path!, lost));
        var gap = Assert.Single(session.Run<WalArchiveGap>("Get-WalArchiveGap -GracePeriod 0.001"));
        Assert.Equal((lost, lost, 1L, WalArchiveGapStatus.Open), (gap.First, gap.Last, gap.Count, gap.Status));
        Assert.StartsWith("00000001", gap.Before, StringComparison.Ordinal);
        Assert.NotNull(gap.PreviousBackup?.StopLsn);
        Assert.Null(gap.UnreachableTo);
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
