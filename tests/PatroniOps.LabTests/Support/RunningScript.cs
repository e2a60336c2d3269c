using System.Management.Automation;

namespace PatroniOps.LabTests.Support;

/// <summary>A script that runs beside the test until it is stopped.</summary>
internal sealed class RunningScript : IDisposable
{
    private readonly PowerShell shell;
    private readonly IAsyncResult running;

    public RunningScript(PowerShell shell, Action<object> onObject)
    {
        this.shell = shell;
        var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, added) => onObject(output[added.Index].BaseObject);
        running = shell.BeginInvoke<PSObject, PSObject>(null, output);
    }

    public bool IsRunning => !running.IsCompleted;

    /// <summary>Why it ended, and what it reported.</summary>
    public string Failure => $"{shell.InvocationStateInfo.Reason} {string.Join("; ", shell.Streams.Error)}";

    public void Dispose()
    {
        shell.Stop();
        shell.Dispose();
    }
}
