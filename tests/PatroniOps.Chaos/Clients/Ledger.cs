using Npgsql;
using PatroniOps.Lab;

namespace PatroniOps.Chaos.Clients;

/// <summary>A client that commits numbers in order on whoever leads, and goes on to the next only when a commit was acknowledged.</summary>
/// <remarks>
/// A commit that waits for a synchronous standby is abandoned by closing the connection, never by a cancel request: PostgreSQL answers that with
/// success and a warning although no standby has the row. A warning for any other reason is no acknowledgement either.
/// </remarks>
internal sealed class Ledger : IAsyncDisposable
{
    private const string Table = "lab.ledger";

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stop = new();
    private readonly LabCluster lab;
    private readonly Task work;
    private long acknowledged;

    private Ledger(LabCluster lab)
    {
        this.lab = lab;
        work = Task.Run(RunAsync);
    }

    /// <summary>Numbers below this one were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    public static async Task<Ledger> StartAsync(LabCluster lab, LabMember leader, CancellationToken cancellationToken)
    {
        await leader.ExecuteAsync($"CREATE TABLE {Table} (number bigint NOT NULL)", cancellationToken);
        return new Ledger(lab);
    }

    /// <summary>Ends the writing.</summary>
    public async Task EndAsync()
    {
        await stop.CancelAsync();
        await work;
    }

    /// <summary>How many of the acknowledged numbers a member lacks.</summary>
    public async Task<long> MissingOnAsync(LabMember member, CancellationToken cancellationToken) => await member.ScalarAsync<long>(
        $"SELECT count(*) FROM generate_series(0, {Acknowledged - 1}) AS wanted(number) WHERE NOT EXISTS (SELECT FROM {Table} WHERE {Table}.number = wanted.number)", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await lab.LeaderAsync() is { } leader)
                    await WriteAsync(leader);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or HttpRequestException or TaskCanceledException)
            {
                // There is no leader at this moment, or it has just ceased to be one.
            }
            await Task.Delay(Retry);
        }
    }

    private async Task WriteAsync(LabMember leader)
    {
        var address = new NpgsqlConnectionStringBuilder(leader.ConnectionString(lab.Connection.Credentials.Superuser)) { CommandTimeout = 10, CancellationTimeout = -1 };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        var isWarned = false;
        connection.Notice += (_, _) => isWarned = true;
        await connection.OpenAsync();
        while (!stop.IsCancellationRequested)
        {
            await using var insert = new NpgsqlCommand($"INSERT INTO {Table} VALUES ({Acknowledged})", connection);
            await insert.ExecuteNonQueryAsync();
            if (isWarned)
                return;
            Interlocked.Increment(ref acknowledged);
            await Task.Delay(Pace);
        }
    }
}
