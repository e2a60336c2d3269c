using System.Diagnostics;
using System.Globalization;
using PatroniOps.Lab;

namespace PatroniOps.Chaos.Clients;

/// <summary>pgbench on whoever leads, begun again whenever that has changed or pgbench has given up.</summary>
internal sealed class PgBench : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly string Program = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin", "pgbench")).Last(File.Exists);

    private readonly CancellationTokenSource stop = new();
    private readonly LabCluster lab;
    private readonly Task work;

    private PgBench(LabCluster lab)
    {
        this.lab = lab;
        work = Task.Run(RunAsync);
    }

    public static async Task<PgBench> StartAsync(LabCluster lab, LabMember leader, CancellationToken cancellationToken)
    {
        using var tables = Run(lab, leader, "-i", "-s", "2", "-q");
        await tables.WaitForExitAsync(cancellationToken);
        return tables.ExitCode == 0 ? new PgBench(lab) : throw new LabException($"pgbench -i ended with {tables.ExitCode}.");
    }

    /// <summary>The sums that every transaction of pgbench keeps equal, and how many transactions there were: "accounts branches tellers history count".</summary>
    public static async Task<string> SumsOnAsync(LabMember member, CancellationToken cancellationToken) => await member.ScalarAsync<string>(
        """
        SELECT concat_ws(' ', (SELECT sum(abalance) FROM pgbench_accounts), (SELECT sum(bbalance) FROM pgbench_branches),
            (SELECT sum(tbalance) FROM pgbench_tellers), (SELECT coalesce(sum(delta), 0) FROM pgbench_history), (SELECT count(*) FROM pgbench_history))
        """,
        cancellationToken) ?? "";

    public async Task EndAsync()
    {
        await stop.CancelAsync();
        await work;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        LabMember? leader = null;
        Process? process = null;
        while (!stop.IsCancellationRequested)
        {
            var next = await lab.LeaderAsync();
            if (process is null or { HasExited: true } || (next is not null && next != leader))
            {
                End(process);
                process = next is null ? null : Run(lab, next, "-n", "-c", "2", "-R", "60", "-T", "36000");
                leader = next;
            }
            await Task.Delay(Look);
        }
        End(process);
    }

    private static void End(Process? process)
    {
        if (process is { HasExited: false })
            process.Kill();
        process?.WaitForExit();
        process?.Dispose();
    }

    private static Process Run(LabCluster lab, LabMember leader, params string[] arguments)
    {
        var login = lab.Connection.Credentials.Superuser;
        var start = new ProcessStartInfo(Program, ["-h", leader.Host, "-p", leader.Port.ToString(CultureInfo.InvariantCulture), "-U", login.Username, .. arguments, "postgres"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = login.Password;
        start.Environment["PGCONNECT_TIMEOUT"] = "5";
        var process = Process.Start(start) ?? throw new LabException("pgbench could not be started.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
