using System.Net;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>
/// A lab in which scenarios are broken, judged and healed one after the other. The engine sees it with a role that is only in pg_monitor.
/// </summary>
public abstract class VerdictLab(LabOptions options) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private LabCluster? cluster;

    /// <summary>The defaults' minutes would be waited out: a lab stands still after seconds, and has many timelines in an hour.</summary>
    internal static Thresholds Limits { get; } = new() { NotStreaming = TimeSpan.FromSeconds(5), TimelinesAnHour = 100 };

    internal LabCluster Cluster => cluster!;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        if (cluster is null)
            return;
        await cluster.DisposeAsync();
        await LabCluster.CleanAsync(options.Directory);
    }

    /// <summary>Breaks, compares with what is written down, again from the snapshot's file form, and heals.</summary>
    internal async Task PlayAsync(string name)
    {
        var scenario = ScenarioCatalogue.Find(name);
        using var profile = new TemporaryFolder();
        using var connection = await ConnectAsync(profile);
        // The members are known from the healthy time on, and so is what was true then.
        await connection.CollectAsync(default);
        ScenarioResult? broken = null;
        try
        {
            broken = await scenario.BreakAsync(Cluster);
            var snapshot = await AgreeAsync(connection, ExpectedVerdicts.Of(name), broken);
            AssertSameFromFile(snapshot);
            await Recording.WriteAsync(name, broken, snapshot, Limits, Cluster.Connection);
        }
        finally
        {
            await HealAsync(scenario, broken);
        }
    }

    internal async Task<PatroniConnection> ConnectAsync(TemporaryFolder profile)
    {
        var observer = Cluster.Connection.Credentials.Observer;
        var connect = new ConnectionOptions
        {
            Seeds = [.. Cluster.Members.Select(member => member.ApiUri)],
            Postgres = new PostgresOptions { Credential = new NetworkCredential(observer.Username, observer.Password) },
            ArchivePaths = Cluster.Connection.Archive.Path is { } archive ? [archive] : [],
            Timeout = TimeSpan.FromSeconds(2),
        };
        return await PatroniConnection.OpenAsync(connect, new ProfileStore(profile.Path), TimeProvider.System, default);
    }

    private async Task StartAsync() => cluster = await LabCluster.StartAsync(options);

    // The state takes its time to show; what is wanted must then hold.
    private static async Task<ClusterSnapshot> AgreeAsync(PatroniConnection connection, Expectation expected, ScenarioResult broken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var agreed = 0;
        while (true)
        {
            var snapshot = await connection.CollectAsync(default);
            var verdict = ClusterDiagnosis.Judge(snapshot, Limits);
            var difference = expected.Compare(verdict, broken);
            agreed = difference.Length == 0 ? agreed + 1 : 0;
            if (agreed == (expected.IsBrief ? 1 : 2))
                return snapshot;
            if (agreed == 0 && (expected.IsAtOnce || TimeProvider.System.GetElapsedTime(started) > Patience))
                Assert.Fail($"{broken.Summary}\n{difference}");
            await Task.Delay(TimeSpan.FromSeconds(expected.IsBrief ? 0.2 : 1));
        }
    }

    private static void AssertSameFromFile(ClusterSnapshot snapshot)
    {
        var live = ClusterDiagnosis.Judge(snapshot, Limits);
        var read = ClusterDiagnosis.Judge(SnapshotFile.FromJson(SnapshotFile.ToJson(snapshot), "the file"), Limits);
        Assert.Equal(live.Verdict, read.Verdict);
        Assert.Equal(live.Members.Select(m => (m.Member, m.Verdict)), read.Members.Select(m => (m.Member, m.Verdict)));
        Assert.Equal(live.Findings.Select(f => f.ToString()), read.Findings.Select(f => f.ToString()));
    }

    // A lab that cannot be healed is replaced, so that one failure does not fail what comes after it.
    private async Task HealAsync(IScenario scenario, ScenarioResult? broken)
    {
        try
        {
            if (broken is not null)
            {
                await scenario.HealAsync(Cluster, broken);
                return;
            }
        }
        catch (Exception e) when (e is LabException or HttpRequestException or Npgsql.NpgsqlException or TimeoutException or TaskCanceledException)
        {
            Console.WriteLine($"{scenario.Name} was not healed: {e.Message}");
        }

        await DisposeAsync();
        await StartAsync();
    }
}
