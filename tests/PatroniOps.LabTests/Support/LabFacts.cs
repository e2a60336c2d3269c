using System.Globalization;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>What the lab itself knows, read without the module.</summary>
internal static class LabFacts
{
    public const long SegmentSize = 16 << 20;

    public static readonly TimeSpan HealthyAgain = TimeSpan.FromSeconds(90);

    public static async Task<LabMember> TheLeaderAsync(this LabCluster lab) =>
        await lab.LeaderAsync() ?? throw new LabException("There is no leader.");

    public static Task WriteAsync(this LabMember leader, string note) =>
        leader.ExecuteAsync($"INSERT INTO lab.canary (note) VALUES ('{note}')");

    public static async Task<bool> HasAsync(this LabMember member, string note) =>
        await member.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM lab.canary WHERE note = '{note}')");

    /// <summary>The number of the segment that holds the next byte a standby needs: floor(max(receive, replay) / 16 MB).</summary>
    public static async Task<long> NeededSegmentAsync(this LabMember standby)
    {
        var position = await standby.ScalarAsync<decimal>("SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn");
        return (long)(position / SegmentSize);
    }

    /// <summary>The number of the oldest segment in a server's pg_wal.</summary>
    public static async Task<long> OldestSegmentAsync(this LabMember member) =>
        Number((await member.ScalarAsync<string>("SELECT min(name) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'"))!);

    /// <summary>A segment's file name on timeline 1.</summary>
    public static string SegmentName(long number) => $"00000001{number >> 8:X8}{number & 0xFF:X8}";

    /// <summary>Has the leader end its segment, and waits until that is archived.</summary>
    public static async Task ArchiveAsync(this LabMember leader)
    {
        await leader.WriteAsync("to be archived");
        var segment = await leader.ScalarAsync<string>("SELECT pg_walfile_name(pg_switch_wal())");
        await Eventually.ReadAsync(TimeSpan.FromSeconds(60), () => leader.ScalarAsync<string>("SELECT last_archived_wal FROM pg_stat_archiver"), last => string.CompareOrdinal(last, segment) >= 0);
    }

    /// <summary>Changes when the data directory is made anew or PostgreSQL is restarted.</summary>
    public static async Task<string> FingerprintAsync(this LabMember member)
    {
        var server = await member.ScalarAsync<string>("SELECT system_identifier || ' since ' || pg_postmaster_start_time() FROM pg_control_system()");
        var file = File.GetCreationTimeUtc(Path.Combine(member.DataDirectory, "PG_VERSION"));
        return string.Create(CultureInfo.InvariantCulture, $"{server}, PG_VERSION of {file:O}");
    }

    /// <summary>The number in a segment's file name.</summary>
    public static long Number(string segment) =>
        (Convert.ToInt64(segment[8..16], 16) << 8) + Convert.ToInt64(segment[16..], 16);
}
