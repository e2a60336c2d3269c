using System.Globalization;
using Npgsql;
using PatroniOps.Lab;

namespace PatroniOps.Chaos;

/// <summary>Looks for itself, without the module, whether a member would get on without a copy or WAL that is brought to it.</summary>
internal static class Witness
{
    private const string Own =
        """
        SELECT concat_ws(' ', greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), greatest(
            (SELECT timeline_id FROM pg_control_checkpoint()), (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
            (SELECT received_tli FROM pg_stat_wal_receiver)))
        """;

    /// <summary>Why nothing needs to be moved; null when it must be: its history is not the leader's, or the leader has removed what it needs next.</summary>
    public static async Task<string?> ObjectionAsync(LabCluster lab, LabMember member)
    {
        try
        {
            if (await lab.LeaderAsync() is not { } leader)
                return "there was no leader";
            var own = (await member.ScalarAsync<string>(Own) ?? "").Split(' ');
            if (own.Length != 2)
                return $"{member.Name} did not tell its position";
            var (position, timeline) = (own[0], uint.Parse(own[1], CultureInfo.InvariantCulture));
            return await IsOfLeaderAsync(leader, position, timeline) && await HasWalAsync(leader, position)
                ? $"{leader.Name} had the WAL from {position} on timeline {timeline} on"
                : null;
        }
        catch (Exception e) when (e is NpgsqlException or LabException or TimeoutException)
        {
            return $"it could not be looked at: {e.Message}";
        }
    }

    // Whether the leader's history goes through that position.
    private static async Task<bool> IsOfLeaderAsync(LabMember leader, string position, uint timeline)
    {
        var current = uint.Parse((await leader.ScalarAsync<string>("SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)"))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (timeline >= current)
            return timeline == current && await leader.ScalarAsync<bool>($"SELECT '{position}'::pg_lsn <= pg_current_wal_lsn()");
        var history = await leader.ScalarAsync<string>($"SELECT pg_read_file('pg_wal/{current:X8}.history')") ?? "";
        var end = history.Split('\n').Select(line => line.Split('\t')).FirstOrDefault(fields => fields[0] == timeline.ToString(CultureInfo.InvariantCulture))?[1];
        return end is not null && await leader.ScalarAsync<bool>($"SELECT '{position}'::pg_lsn <= '{end}'::pg_lsn");
    }

    // The first eight digits are the timeline's, which may have changed since.
    private static Task<bool> HasWalAsync(LabMember leader, string position) =>
        leader.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_ls_waldir() WHERE substr(name, 9) = substr(pg_walfile_name('{position}'::pg_lsn + 1), 9))");
}
