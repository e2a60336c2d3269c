using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
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
        foreach (var (name, type) in types)
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return new CmdletCatalogue(runspace, [.. types.Keys.Order(StringComparer.Ordinal).Select(name => CmdletShape.Of((CmdletInfo)runspace.SessionStateProxy.InvokeCommand.GetCommand(name, CommandTypes.Cmdlet)))]);
    }

    public void Dispose() => runspace.Dispose();
}
