using System.Globalization;

namespace PatroniOps.Lab.Scenarios;

/// <summary>Writes WAL until an old segment is recycled.</summary>
internal static class WalPressure
{
    /// <summary>Some rows, then the rest of the segment is skipped: as good as 16 MB of writes, and faster.</summary>
    public const string FillSegment =
        """
        INSERT INTO lab.canary (note) SELECT 'row ' || i FROM generate_series(1, 100) i;
        SELECT pg_switch_wal();
        """;

    private const int SegmentsAtOnce = 12;

    public static async Task<string> CurrentSegmentAsync(LabMember leader, CancellationToken cancellationToken) =>
        await leader.ScalarAsync<string>("SELECT pg_walfile_name(pg_current_wal_insert_lsn())", cancellationToken)
        ?? throw new LabException($"{leader.Name} does not tell its WAL segment.");

    /// <summary>The name of the segment that lies so many after the given one, for segments of 16 MB.</summary>
    public static string After(string segment, int count)
    {
        var number = (ulong.Parse(segment.AsSpan(8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) * 256)
            + ulong.Parse(segment.AsSpan(16, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) + (ulong)count;
        return string.Create(CultureInfo.InvariantCulture, $"{segment[..8]}{number / 256:X8}{number % 256:X8}");
    }

    /// <summary>Writes and checkpoints until none of the servers has the segment in pg_wal.</summary>
    public static async Task RemoveAsync(
        LabMember leader, IReadOnlyList<LabMember> servers, string segment, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var i = 0; i < SegmentsAtOnce; i++)
            await leader.ExecuteAsync(FillSegment, cancellationToken);
        await Poll.UntilAsync(
            $"{segment} to be removed",
            timeout,
            async token =>
            {
                // A replica's restart point needs a checkpoint of the leader that it has replayed; the leader needs its archiver done.
                await leader.ExecuteAsync("CHECKPOINT", token);
                foreach (var server in servers)
                    await server.ExecuteAsync("CHECKPOINT", token);
                return await HoldersAsync(servers, segment, token) is { Count: > 0 } holders
                    ? $"{string.Join(", ", holders)} still has it"
                    : null;
            },
            cancellationToken);
    }

    private static async Task<List<string>> HoldersAsync(IReadOnlyList<LabMember> servers, string segment, CancellationToken cancellationToken)
    {
        var holders = new List<string>();
        foreach (var server in servers)
        {
            var sql = $"SELECT count(*) FROM pg_ls_waldir() WHERE name = '{segment}'";
            if (await server.ScalarAsync<long>(sql, cancellationToken) > 0)
                holders.Add(server.Name);
        }

        return holders;
    }
}
