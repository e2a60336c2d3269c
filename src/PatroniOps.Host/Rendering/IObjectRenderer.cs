using System.Management.Automation;

namespace PatroniOps.Host.Rendering;

/// <summary>Writes the objects that leave the pipeline, on the pipeline's own thread.</summary>
internal interface IObjectRenderer
{
    void Write(PSObject value);

    /// <summary>Writes what is still held back; called once, after the last object, also when the script ended by <c>exit</c>.</summary>
    void Finish();
}
