using System.Diagnostics;
using PatroniOps.Lab;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Support;

/// <summary>What lies in a member's pg_wal after segments were brought.</summary>
internal static class WalFiles
{
    /// <summary>Keeps what a member has replayed: its restart points would remove the files that a test looks at.</summary>
    public static async Task KeepWalAsync(this LabMember member)
    {
        await member.ExecuteAsync("ALTER SYSTEM SET wal_keep_size = '4GB'");
        await member.ExecuteAsync("SELECT pg_reload_conf()");
    }

    /// <summary>Owner and mode are those of the files beside them, archive_status says done, and nothing temporary is left.</summary>
    public static async Task AreAsPostgresWritesThem(LabMember member, ReplicaWalRestoreResult result)
    {
        var wal = Path.Combine(member.DataDirectory, "pg_wal");
        var owner = await StatAsync(Path.Combine(member.DataDirectory, "PG_VERSION"));
        Assert.NotEmpty(result.Segments);
        foreach (var segment in result.Segments)
        {
            Assert.Equal(owner, await StatAsync(Path.Combine(wal, segment)));
            Assert.True(File.Exists(Path.Combine(wal, "archive_status", $"{segment}.done")), segment);
            Assert.False(File.Exists(Path.Combine(wal, "archive_status", $"{segment}.ready")), segment);
        }
        Assert.DoesNotContain(Directory.EnumerateFiles(wal), f => Path.GetFileName(f).StartsWith("patroniops", StringComparison.Ordinal));
        if (result.KeptPath is { } kept)
            Assert.NotEmpty(Directory.EnumerateFiles(kept));
    }

    /// <summary>Damages one byte, or, the second time, mends it.</summary>
    public static void Flip(string file, long offset)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = offset;
        var value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ 0x10));
    }

    private static async Task<string> StatAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", "%U:%G %a", path]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Trim();
    }
}
