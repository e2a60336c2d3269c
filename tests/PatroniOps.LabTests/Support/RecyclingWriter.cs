using Npgsql;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>Writes rows to the leader all the time and remembers which ones were committed; skips segments and checkpoints, so that WAL is recycled.</summary>
internal sealed class RecyclingWriter : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly LabMember leader;
    private readonly string run = Guid.NewGuid().ToString("N");
    private readonly Task work;

    private RecyclingWriter(LabMember leader, int rowsPerSegment)
    {
        this.leader = leader;
        work = Task.Run(() => WriteAsync(rowsPerSegment));
    }

    /// <summary>Rows whose commit was acknowledged.</summary>
    public int Committed { get; private set; }

    /// <param name="leader">Where to.</param>
    /// <param name="rowsPerSegment">After so many rows the rest of a segment is skipped and a checkpoint made.</param>
    public static RecyclingWriter Start(LabMember leader, int rowsPerSegment) => new(leader, rowsPerSegment);

    /// <summary>Ends the writing.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await work;
    }

    /// <summary>How many of its rows a member has.</summary>
    public Task<long> CountAsync(LabMember member) => member.ScalarAsync<long>($"SELECT count(DISTINCT note) FROM lab.canary WHERE note LIKE '{run} %'");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task WriteAsync(int rowsPerSegment)
    {
        await using var connection = await leader.OpenAsync();
        while (!stop.IsCancellationRequested)
        {
            await using var insert = new NpgsqlCommand($"INSERT INTO lab.canary (note) VALUES ('{run} {Committed}')", connection);
            await insert.ExecuteNonQueryAsync();
            if (++Committed % rowsPerSegment == 0)
            {
                await using var skip = new NpgsqlCommand("SELECT pg_switch_wal(); CHECKPOINT", connection);
                await skip.ExecuteNonQueryAsync();
            }
            await Task.Delay(Interval);
        }
    }
}
