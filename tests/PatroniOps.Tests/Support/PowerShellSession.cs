using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PatroniOps.Tests.Support;

/// <summary>A runspace of the real engine with the module imported by its manifest.</summary>
internal sealed class PowerShellSession : IDisposable
{
    private readonly Runspace runspace;

    public PowerShellSession()
    {
        runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Run($"Import-Module '{Path.Combine(TestEnvironment.RepositoryRoot, "PatroniOps.psd1")}' -ErrorAction Stop");
    }

    public (List<PSObject> Output, List<ErrorRecord> Errors, List<string> Warnings) Run(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script);
        foreach (var argument in arguments)
            shell.AddArgument(argument);
        var output = shell.Invoke().ToList();
        return (output, [.. shell.Streams.Error], [.. shell.Streams.Warning.Select(w => w.Message)]);
    }

    public void Dispose() => runspace.Dispose();
}
