using System.Diagnostics;
using System.Globalization;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Watching;

/// <summary>pgbench on a leader, until it is disposed or the leader takes no writes any more.</summary>
internal sealed class PgBench : IDisposable
{
    private static readonly string Program = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin", "pgbench")).Last(File.Exists);

    private readonly Process process;

    private PgBench(Process process) => this.process = process;

    public static async Task<PgBench> StartAsync(LabCluster lab, LabMember leader)
    {
        await Eventually.ReadAsync(TimeSpan.FromSeconds(30), () => leader.ScalarAsync<bool>("SELECT pg_is_in_recovery()"), isInRecovery => !isInRecovery);
        if (!await leader.ScalarAsync<bool>("SELECT to_regclass('pgbench_accounts') IS NOT NULL"))
        {
            using var initial = Run(lab, leader, "-i", "-s", "2", "-q");
            await initial.WaitForExitAsync();
            Assert.Equal(0, initial.ExitCode);
        }
        return new PgBench(Run(lab, leader, "-c", "4", "-T", "600", "-R", "300"));
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static Process Run(LabCluster lab, LabMember leader, params string[] arguments)
    {
        var login = lab.Connection.Credentials.Superuser;
        var start = new ProcessStartInfo(Program, ["-h", leader.Host, "-p", leader.Port.ToString(CultureInfo.InvariantCulture), "-U", login.Username, .. arguments, "postgres"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = login.Password;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
