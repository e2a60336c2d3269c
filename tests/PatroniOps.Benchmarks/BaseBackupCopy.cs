using System.Globalization;
using System.Management.Automation;
using PatroniOps.Lab;

namespace PatroniOps.Benchmarks;

/// <summary>The copy of a rebuild through the module, by its journal, beside pg_basebackup by hand of the same data to the same disk.</summary>
internal sealed class BaseBackupCopy
{
    private const int Tables = 4;

    private const int RowsEach = 9_000_000;

    private static readonly string LabCommand = Path.Combine(AppContext.BaseDirectory, "patroniops-lab");

    public Series Module { get; } = new();

    public Series ByHand { get; } = new();

    /// <summary>Bytes of the last copy by hand.</summary>
    public long Bytes { get; private set; }

    public static async Task<BaseBackupCopy> MeasureAsync(Product product, int rounds)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"patroniops-bench-{Environment.ProcessId}");
        var result = new BaseBackupCopy();
        try
        {
            await using var lab = await LabCluster.StartAsync(new LabOptions { Directory = directory, MaxWalSize = "8GB" }, line => Console.Error.WriteLine($"lab: {line}"));
            var leader = await lab.LeaderAsync() ?? throw new InvalidOperationException("There is no leader.");
            for (var table = 1; table <= Tables; table++)
                await leader.ExecuteAsync($"CREATE TABLE lab.bulk{table} AS SELECT i, md5(i::text) AS text FROM generate_series(1, {RowsEach}) i");
            await lab.WaitHealthyAsync(TimeSpan.FromMinutes(5));
            var replica = lab.Members.First(member => member != leader);
            using var session = new WarmSession(product, lab.Connection);
            for (var round = 0; round <= rounds; round++)
            {
                // Who comes second may find the disk still busy with what the first one wrote and removed: they take turns, after it was written out.
                double copy = 0;
                if (round % 2 == 0)
                    copy = CopyByModule(session, lab, replica);
                var byHand = result.CopyByHand(leader, lab.Connection.Credentials.Replication, Path.Combine(directory, "copy"));
                if (round % 2 != 0)
                    copy = CopyByModule(session, lab, replica);
                // The first round warms the page cache for both.
                if (round == 0)
                    continue;
                result.Module.Add(copy);
                result.ByHand.Add(byHand);
            }
        }
        finally
        {
            await LabCluster.CleanAsync(directory);
        }
        return result;
    }

    // The copy beside the data is taken back, and the member is not touched.
    private static double CopyByModule(WarmSession session, LabCluster lab, LabMember replica)
    {
        Child.Run("sync", []);
        var node = Node(lab, replica);
        var journal = session.One("New-PatroniBaseBackup", [("Member", replica.Name), ("Confirm", false), .. node]);
        var copied = Step(journal, "Done") - Step(journal, "Begun");
        session.One("Undo-ReplicaRebuild", [("Id", (string)journal.Properties["Id"].Value), ("Confirm", false), .. node]);
        return copied.TotalMilliseconds;
    }

    private double CopyByHand(LabMember leader, LabLogin login, string target)
    {
        Child.Run("sync", []);
        var series = new Series();
        series.Time(() => Child.Run("pg_basebackup",
            ["-h", leader.Host, "-p", leader.Port.ToString(CultureInfo.InvariantCulture), "-U", login.Username, "-D", target, "-X", "stream", "-c", "fast", "--no-password"],
            new Dictionary<string, string> { ["PGPASSWORD"] = login.Password }));
        Bytes = new DirectoryInfo(target).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Directory.Delete(target, recursive: true);
        return series.Median;
    }

    private static (string Name, object Value)[] Node(LabCluster lab, LabMember member) =>
    [
        ("PatroniConfigPath", member.Addresses.PatroniConfig),
        .. from verb in (string[])["Stop", "Start", "Status"]
           select ($"{verb}Command", (object)(string[])[LabCommand, "member", verb.ToLowerInvariant(), member.Name, "--directory", lab.Paths.Directory]),
    ];

    private static DateTimeOffset Step(PSObject journal, string what) => ((System.Collections.IEnumerable)journal.Properties["Entries"].Value).Cast<object>().Select(PSObject.AsPSObject)
        .Where(entry => (string?)entry.Properties["Step"].Value == "copy" && entry.Properties["Event"].Value.ToString() == what)
        .Select(entry => (DateTimeOffset)entry.Properties["At"].Value).Last();
}
