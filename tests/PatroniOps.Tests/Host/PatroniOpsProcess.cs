using System.Diagnostics;

namespace PatroniOps.Tests.Host;

/// <summary>Runs the built <c>patroniops</c> as its users do: a process of its own, its arguments passed one by one.</summary>
internal static class PatroniOpsProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static string RepositoryRoot { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "src", "PatroniOps.Host", "bin", Configuration, "net10.0");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static Task<HostRun> RunAsync(params string[] arguments) => RunAsync(new HostStart(arguments));

    public static async Task<HostRun> RunAsync(HostStart start)
    {
        using var process = Start(start);
        return await FinishAsync(process);
    }

    public static Process Start(HostStart start)
    {
        var info = new ProcessStartInfo(Path.Combine(start.Folder ?? Folder, OperatingSystem.IsWindows() ? "patroniops.exe" : "patroniops"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in start.Arguments)
            info.ArgumentList.Add(argument);
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        var process = Process.Start(info)!;
        process.StandardInput.Write(start.Input);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits for the end; a process that asks a question or runs on fails the test instead of hanging it.</summary>
    public static async Task<HostRun> FinishAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new HostRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PatroniOps.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
