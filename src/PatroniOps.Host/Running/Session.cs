using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using PatroniOps.Host.CommandLine;
using PatroniOps.Host.Console;
using PatroniOps.Host.Reporting;

namespace PatroniOps.Host.Running;

/// <summary>The engine with the module and the credentials in it.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    private Session(Runspace runspace, SpecialValues values)
    {
        _runspace = runspace;
        Values = values;
    }

    public SpecialValues Values { get; }

    /// <summary>The folder of the module.</summary>
    public required string ModuleFolder { get; init; }

    /// <exception cref="UsageException">The credentials are incomplete, or there is no module.</exception>
    /// <exception cref="RuntimeException">The module does not load.</exception>
    public static Session Open(HostOptions options, UnattendedHost host, ErrorReporter errors)
    {
        var manifest = ModuleFinder.Find(options.Module, AppContext.BaseDirectory);
        var rest = CredentialSource.Read(options.Rest, "PATRONIOPS_REST", "Rest");
        var postgres = CredentialSource.Read(options.Postgres, "PATRONIOPS_PG", "Postgres");
        var runspace = RunspaceFactory.CreateRunspace(host, StateWith(rest, postgres));
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        var session = new Session(runspace, new SpecialValues(rest, postgres)) { ModuleFolder = Path.GetDirectoryName(manifest)! };
        errors.KnownCommands = session.Import(manifest);
        if (options.Verbose)
            runspace.SessionStateProxy.SetVariable("VerbosePreference", ActionPreference.Continue);
        return session;
    }

    /// <summary>What a script or a native command left behind; null when none did.</summary>
    public object? LastExitCode => _runspace.SessionStateProxy.GetVariable("LASTEXITCODE");

    public PowerShell CreateShell() => PowerShell.Create(_runspace);

    /// <returns>null when there is no such command.</returns>
    public CommandInfo? FindCommand(string name) => _runspace.SessionStateProxy.InvokeCommand.GetCommand(name, CommandTypes.All);

    public void Dispose() => _runspace.Dispose();

    private static InitialSessionState StateWith(PSCredential? rest, PSCredential? postgres)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        // What is loaded is what the script imports: a search through every module of the machine for a mistyped name takes seconds.
        Set(state, "PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None);
        Set(state, SpecialValues.RestCredential, rest);
        Set(state, SpecialValues.PostgresCredential, postgres);
        return state;
    }

    private static void Set(InitialSessionState state, string name, object? value)
    {
        if (value is not null)
            state.Variables.Add(new SessionStateVariableEntry(name, value, null));
    }

    private string[] Import(string manifest)
    {
        using var shell = CreateShell();
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("PassThru").AddParameter("ErrorAction", ActionPreference.Stop);
        return [.. shell.Invoke<PSModuleInfo>().SelectMany(module => module.ExportedCommands.Keys)];
    }
}
