using System.Diagnostics;
using PatroniOps.Lab.Isolation;

namespace PatroniOps.Lab.Processes;

/// <summary>Starts the lab's servers in sessions of their own, so that they outlive the program that started them.</summary>
internal sealed class Launcher(LabPaths paths, LabUser? user)
{
    /// <summary>Every process of a lab carries this variable with the lab's directory; that is how leftovers are known.</summary>
    public const string Marker = "PATRONIOPS_LAB_DIRECTORY";

    /// <summary>Settings of the caller's environment that would change what the lab's programs do.</summary>
    private static readonly string[] ForeignPrefixes = ["PG", "PATRONI_", "ETCD", "PYTHON", "LC_", "DOTNET_", "COMPlus_"];

    // exec keeps the pid through sh, setpriv and the program itself.
    private const string RedirectAndExec = "exec \"$@\" >>\"$LAB_LOG\" 2>&1 </dev/null";

    public PidFile PidFileOf(string name) => new(Path.Combine(paths.Run, name));

    /// <summary>Starts a program that keeps running, with its output appended to a log file.</summary>
    /// <param name="name">Of its pid file.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="logFile">Its output.</param>
    /// <param name="network">The network namespace that it runs in; null: this program's.</param>
    public LabProcess Start(string name, IEnumerable<string> command, string logFile, string? network = null)
    {
        var enter = network is null ? [] : MemberNetwork.Enter(network);
        var start = Prepare(["setsid", "sh", "-c", RedirectAndExec, "sh", .. enter, .. user?.Become() ?? [], .. command]);
        start.Environment["LAB_LOG"] = logFile;
        using var process = Process.Start(start) ?? throw new LabException($"{name} could not be started.");
        var started = LabProcess.Of(process.Id) ?? throw new LabException($"{name} ended at once. {LogTail.Of(logFile)}");
        PidFileOf(name).Write(started);
        return started;
    }

    /// <summary>Runs a program to its end and returns its output.</summary>
    /// <exception cref="LabException">It failed.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = Prepare([.. user?.Become() ?? [], .. command]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new LabException($"{command[0]} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new LabException($"{string.Join(' ', command)} failed ({process.ExitCode}): {(await error).Trim()} {(await output).Trim()}");
    }

    private ProcessStartInfo Prepare(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HOME"] = paths.Directory;
        start.Environment[Marker] = paths.Directory;
        return start;
    }

    private static bool IsForeign(string name) => ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
