using Npgsql;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>A client that commits row after row on whoever leads, and remembers each that was acknowledged.</summary>
internal sealed class Writer : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string name = $"writer-{Guid.NewGuid():N}";
    private readonly LeaderWork work;
    private long acknowledged;

    private Writer(LabCluster lab) => work = new LeaderWork(lab, WriteAsync);

    /// <summary>Rows that were committed so far.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    public static Writer Start(LabCluster lab) => new(lab);

    /// <summary>Ends the writing and proves that every row is on each of the members.</summary>
    public async Task AllRowsAreOnAsync(params LabMember[] members)
    {
        await work.EndAsync();
        Assert.True(Acknowledged > 0, "The writer committed nothing.");
        foreach (var member in members)
            await Eventually.ReadAsync(Patience, () => CountAsync(member), count => count == Acknowledged);
    }

    public ValueTask DisposeAsync() => work.DisposeAsync();

    // Row n holds its number, so that a row counted twice cannot hide one that is missing.
    private Task<long> CountAsync(LabMember member) =>
        member.ScalarAsync<long>($"SELECT count(DISTINCT split_part(note, ' ', 2)::bigint) FROM lab.canary WHERE note LIKE '{name} %' AND split_part(note, ' ', 2)::bigint < {Acknowledged}");

    private async Task WriteAsync(LabMember leader, Func<bool> goesOn)
    {
        await using var connection = await leader.OpenAsync();
        while (goesOn())
        {
            // A commit whose answer was lost is tried again under the same number.
            await using var command = new NpgsqlCommand($"INSERT INTO lab.canary (note) VALUES ('{name} {Acknowledged}')", connection);
            await command.ExecuteNonQueryAsync();
            Interlocked.Increment(ref acknowledged);
            await Task.Delay(Pace);
        }
    }
}
