using Npgsql;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Unattended;

/// <summary>
/// Writes WAL on whoever leads, with checkpoints, so that whatever nobody holds is recycled: as fast as it takes it while a member is down, and at a pace that
/// replicas on the same machine keep up with while all are there. Its table stays small.
/// </summary>
internal sealed class FullSpeed : IAsyncDisposable
{
    private const int RoundsUntilEmptied = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly LabCluster lab;
    private readonly LeaderWork work;

    private FullSpeed(LabCluster lab)
    {
        this.lab = lab;
        work = new LeaderWork(lab, WriteAsync);
    }

    public static async Task<FullSpeed> StartAsync(LabCluster lab)
    {
        await (await lab.LeaderAsync())!.ExecuteAsync("CREATE TABLE IF NOT EXISTS lab.bulk (text text)");
        return new FullSpeed(lab);
    }

    public ValueTask DisposeAsync() => work.DisposeAsync();

    private async Task WriteAsync(LabMember leader, Func<bool> goesOn)
    {
        await using var connection = await leader.OpenAsync();
        for (var round = 0; goesOn(); round++)
        {
            var last = round % RoundsUntilEmptied == 0 ? "; TRUNCATE lab.bulk; CHECKPOINT" : "";
            await using var command = new NpgsqlCommand($"INSERT INTO lab.bulk SELECT repeat(md5(i::text), 30) FROM generate_series(1, 5000) i{last}", connection);
            await command.ExecuteNonQueryAsync();
            if (lab.Members.All(m => m.Patroni is not null))
                await Task.Delay(Pace);
        }
    }
}
