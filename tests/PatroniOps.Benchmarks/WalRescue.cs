using System.Globalization;
using System.Management.Automation;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Benchmarks;

/// <summary>A replica whose WAL was recycled: Restore-ReplicaWal until it streams, beside a pg_basebackup of the same database, which is only a rebuild's copy.</summary>
internal sealed class WalRescue
{
    private const int Rows = 4_000_000;

    /// <summary>The whole rescue, the wait until the member streams included.</summary>
    public Series Rescue { get; } = new();

    public Series BaseBackup { get; } = new();

    /// <summary>Bytes moved by the last of each.</summary>
    public long RescueBytes { get; private set; }

    public long BaseBackupBytes { get; private set; }

    public static async Task<WalRescue> MeasureAsync(Product product, int rounds)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"patroniops-bench-{Environment.ProcessId}");
        var result = new WalRescue();
        try
        {
            await using var lab = await LabCluster.StartAsync(new LabOptions { Directory = directory }, line => Console.Error.WriteLine($"lab: {line}"));
            var leader = await lab.LeaderAsync() ?? throw new InvalidOperationException("There is no leader.");
            await leader.ExecuteAsync($"CREATE TABLE lab.bulk AS SELECT i, md5(i::text) AS text FROM generate_series(1, {Rows}) i");
            using var session = new WarmSession(product, lab.Connection);
            for (var round = 0; round < rounds; round++)
            {
                await lab.WaitHealthyAsync(TimeSpan.FromMinutes(2));
                var broken = await ScenarioCatalogue.Find("wal-on-another-member").BreakAsync(lab);
                result.Restore(session, lab.Member(broken.Member));
                result.Copy(leader, lab.Connection.Credentials.Replication, Path.Combine(directory, "copy"));
            }
        }
        finally
        {
            await LabCluster.CleanAsync(directory);
        }
        return result;
    }

    private void Restore(WarmSession session, LabMember victim)
    {
        PSObject? restored = null;
        Rescue.Time(() => restored = session.One("Restore-ReplicaWal", ("Member", victim.Name), ("PatroniConfigPath", victim.Addresses.PatroniConfig), ("Confirm", false)));
        RescueBytes = (long)restored!.Properties["BytesMoved"].Value;
    }

    private void Copy(LabMember leader, LabLogin login, string target)
    {
        BaseBackup.Time(() => Child.Run("pg_basebackup",
            ["-h", leader.Host, "-p", leader.Port.ToString(CultureInfo.InvariantCulture), "-U", login.Username, "-D", target, "-X", "stream", "-c", "fast", "--no-password"],
            new Dictionary<string, string> { ["PGPASSWORD"] = login.Password }));
        BaseBackupBytes = new DirectoryInfo(target).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Directory.Delete(target, recursive: true);
    }
}
