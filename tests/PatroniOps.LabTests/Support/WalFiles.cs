using System.Diagnostics;
using PatroniOps.Lab;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Support;

/// <summary>What lies in a member's pg_wal after segments were brought.</summary>
internal static class WalFiles
{
    /// <summary>Owner and mode are those of the files beside them, archive_status says done, and nothing temporary is left.</summary>
    public static async Task AreAsPostgresWritesThem(LabMember member, ReplicaWalRestoreResult result)
    {
        var wal = Path.Combine(member.DataDirectory, "pg_wal");
        var owner = await StatAsync(Path.Combine(member.DataDirectory, "PG_VERSION"));
        // Restart points remove what the member has replayed; the newest ones are still there.
        var there = result.Segments.Where(s => File.Exists(Path.Combine(wal, s))).ToList();
        Assert.NotEmpty(there);
        foreach (var segment in there)
        {
            Assert.Equal(owner, await StatAsync(Path.Combine(wal, segment)));
            Assert.True(File.Exists(Path.Combine(wal, "archive_status", $"{segment}.done")), segment);
            Assert.False(File.Exists(Path.Combine(wal, "archive_status", $"{segment}.ready")), segment);
        }
        Assert.DoesNotContain(Directory.EnumerateFiles(wal), f => Path.GetFileName(f).StartsWith("patroniops", StringComparison.Ordinal));
        if (result.KeptPath is { } kept)
            Assert.NotEmpty(Directory.EnumerateFiles(kept));
    }

    private static async Task<string> StatAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", "%U:%G %a", path]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Trim();
    }
}
