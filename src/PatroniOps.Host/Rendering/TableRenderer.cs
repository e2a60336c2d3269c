using System.Management.Automation;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Rendering;

/// <summary>
/// Tables. The engine's own Out-Default draws what has a format view, as pwsh would; it makes a list of a custom object with more than
/// four properties, so those are drawn here.
/// </summary>
internal sealed class TableRenderer(OutputWriter output) : IObjectRenderer
{
    private const int MostColumnsOfEngine = 4;
    private readonly PropertyTable _wide = new(output);
    private SteppablePipeline? _engine;

    public void Write(PSObject value)
    {
        if (IsWide(value))
        {
            EndEngine();
            _wide.Add(value);
            return;
        }
        _wide.Flush();
        _engine ??= BeginEngine();
        _engine.Process(value);
    }

    public void Finish()
    {
        _wide.Flush();
        EndEngine();
    }

    private static bool IsWide(PSObject value) =>
        value.BaseObject is PSCustomObject
        && value.TypeNames[0] == typeof(PSCustomObject).FullName
        && Members.Of(value).Skip(MostColumnsOfEngine).Any();

    private static SteppablePipeline BeginEngine()
    {
        var pipeline = ScriptBlock.Create("Microsoft.PowerShell.Core\\Out-Default").GetSteppablePipeline(CommandOrigin.Internal);
        pipeline.Begin(true);
        return pipeline;
    }

    private void EndEngine()
    {
        _engine?.End();
        _engine?.Dispose();
        _engine = null;
    }
}
