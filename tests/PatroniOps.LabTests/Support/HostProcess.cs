using System.Diagnostics;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Support;

/// <summary>The built <c>patroniops</c> as a process of its own, which a test may kill.</summary>
internal static class HostProcess
{
    private static readonly string Program = Path.Combine(
        Path.GetDirectoryName(ModuleSession.Manifest)!, "src", "PatroniOps.Host", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "patroniops");

    /// <summary>Runs a cmdlet on a lab, as its observer.</summary>
    public static Process Start(LabCluster lab, string cmdlet, params IReadOnlyList<string> arguments)
    {
        var observer = lab.Connection.Credentials.Observer;
        var info = new ProcessStartInfo(Program, [cmdlet, .. arguments, "-Uri", string.Join(",", lab.Members.Select(m => m.ApiUri)), "-PostgresCredential", "$PostgresCredential"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["PATRONIOPS_PG_USERNAME"] = observer.Username;
        info.Environment["PATRONIOPS_PG_PASSWORD"] = observer.Password;
        return Process.Start(info)!;
    }
}
