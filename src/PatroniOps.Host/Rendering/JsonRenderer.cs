using System.Management.Automation;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Rendering;

/// <summary>NDJSON: one document per object, one a line.</summary>
internal sealed class JsonRenderer(OutputWriter output) : IObjectRenderer
{
    public void Write(PSObject value) => output.Write(Json.TextOf(value) + "\n");

    public void Finish()
    {
    }
}
