using System.Diagnostics;

namespace PatroniOps.Tests.Reporting.Html;

/// <summary>A real browser without a window.</summary>
internal static class Chromium
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>Opens a file of this machine, and nothing else, and gives what it printed and what it complained of.</summary>
    /// <param name="folder">Where it may keep what it keeps.</param>
    /// <param name="file">The file.</param>
    /// <param name="arguments">What to do with it.</param>
    public static async Task<(string Output, string Complaints)> OpenAsync(string folder, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--allow-file-access-from-files", "--enable-logging=stderr", "--proxy-server=127.0.0.1:1", $"--user-data-dir={System.IO.Path.Combine(folder, "profile")}", .. arguments, new Uri(file).AbsoluteUri])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (await output, string.Join('\n', (await errors).Split('\n').Where(l => l.Contains(":CONSOLE", StringComparison.Ordinal))));
    }
}
