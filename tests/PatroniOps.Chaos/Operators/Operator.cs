using System.Diagnostics;
using System.Text.Json;
using PatroniOps.Lab;

namespace PatroniOps.Chaos.Operators;

/// <summary>A `patroniops` process that runs a script all the time; each object that it gives is a line.</summary>
internal sealed class Operator : IDisposable
{
    private readonly Process process;
    private readonly StreamWriter record;

    /// <param name="lab">The cluster.</param>
    /// <param name="script">In this program's folder.</param>
    /// <param name="arguments">Of the script.</param>
    /// <param name="recordPath">A file that keeps every line.</param>
    /// <param name="hear">Hears each object.</param>
    public Operator(LabCluster lab, string script, IEnumerable<string> arguments, string recordPath, Action<JsonElement> hear)
    {
        record = new StreamWriter(recordPath) { AutoFlush = true };
        var start = new ProcessStartInfo(HostProgram(), ["-Output", "json", "-File", Path.Combine(AppContext.BaseDirectory, "Scripts", script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Login(start, "PATRONIOPS_PG", lab.Connection.Credentials.Observer);
        Login(start, "PATRONIOPS_REST", lab.Connection.Credentials.Rest);
        Login(start, "CHAOS_REPLICATION", lab.Connection.Credentials.Replication);
        process = Process.Start(start) ?? throw new LabException($"{start.FileName} could not be started.");
        process.OutputDataReceived += (_, line) => Take(line.Data, hear);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <exception cref="LabException">It has ended by itself.</exception>
    public void DemandRunning()
    {
        if (process.HasExited)
            throw new LabException($"{process.StartInfo.ArgumentList[3]} has ended with {process.ExitCode}.");
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
        record.Dispose();
    }

    private void Take(string? line, Action<JsonElement> hear)
    {
        if (line is null)
            return;
        Keep(line);
        using var parsed = JsonDocument.Parse(line);
        hear(parsed.RootElement);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (record)
            record.WriteLine(line);
    }

    private static void Login(ProcessStartInfo start, string prefix, LabLogin login)
    {
        start.Environment[$"{prefix}_USERNAME"] = login.Username;
        start.Environment[$"{prefix}_PASSWORD"] = login.Password;
    }

    private static string HostProgram()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "src/PatroniOps.Host/bin/Release/net10.0/patroniops") is var file && File.Exists(file))
                return file;
        throw new LabException($"There is no built patroniops above {AppContext.BaseDirectory}.");
    }
}
