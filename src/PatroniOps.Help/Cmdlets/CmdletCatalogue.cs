using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands;
using PatroniOps.Commands;

namespace PatroniOps.Help.Cmdlets;

/// <summary>The cmdlets as the PowerShell engine itself sees them: sets, positions, types and pipeline binding cannot differ from what is run.</summary>
internal sealed class CmdletCatalogue : IDisposable
{
    private readonly Runspace runspace;

    private CmdletCatalogue(Runspace runspace, IReadOnlyList<CmdletShape> cmdlets) => (this.runspace, Cmdlets) = (runspace, cmdlets);

    /// <summary>By name.</summary>
    public IReadOnlyList<CmdletShape> Cmdlets { get; }

    public static CmdletCatalogue Open()
    {
        var types = typeof(ConnectPatroniClusterCommand).Assembly.GetExportedTypes()
            .Select(type => (Type: type, Cmdlet: type.GetCustomAttribute<CmdletAttribute>())).Where(t => t.Cmdlet is not null)
            .ToDictionary(t => $"{t.Cmdlet!.VerbName}-{t.Cmdlet.NounName}", t => t.Type, StringComparer.Ordinal);
        var state = InitialSessionState.Create();
        state.LanguageMode = PSLanguageMode.FullLanguage;
        foreach (var (name, type) in (IEnumerable<(string, Type)>)[("Get-Command", typeof(GetCommandCommand)), ("ForEach-Object", typeof(ForEachObjectCommand)), .. types.Select(t => (t.Key, t.Value))])
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return new CmdletCatalogue(runspace, [.. types.Keys.Order(StringComparer.Ordinal).Select(name => CmdletShape.Of(Find(runspace, name)))]);
    }

    // Get-Command alone tells of dynamic parameters, and only where its pipeline runs.
    private static CmdletInfo Find(Runspace runspace, string name)
    {
        using var shell = PowerShell.Create(runspace);
        return shell.AddScript("Get-Command -Name $args[0] -CommandType Cmdlet | ForEach-Object -Process { $null = $_.ParameterSets; $_ }").AddArgument(name).Invoke<CmdletInfo>().Single();
    }

    public void Dispose() => runspace.Dispose();
}
