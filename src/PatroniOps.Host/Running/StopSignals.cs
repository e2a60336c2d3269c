using System.Management.Automation;
using System.Runtime.InteropServices;
using PatroniOps.Host.CommandLine;

namespace PatroniOps.Host.Running;

/// <summary>Ctrl+C and SIGTERM stop the pipeline, so that its cmdlets can end what they began; a second one ends the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PowerShell _shell;
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(PowerShell shell)
    {
        _shell = shell;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCodes.Terminated)),
        ];
    }

    /// <summary>What the process returns after the first signal; null when there was none.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        if (ExitCode is not null)
            return;
        ExitCode = exitCode;
        signal.Cancel = true;
        _shell.BeginStop(null, null);
    }
}
