using System.Diagnostics;

namespace PatroniOps.Lab.Processes;

/// <summary>A command of the system that changes the machine, or this program's part of it.</summary>
internal static class RootCommand
{
    /// <exception cref="LabException">It failed.</exception>
    public static async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true })
            ?? throw new LabException($"{command[0]} could not be started.");
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new LabException($"{string.Join(' ', command)} failed ({process.ExitCode}): {error.Trim()}");
    }
}
