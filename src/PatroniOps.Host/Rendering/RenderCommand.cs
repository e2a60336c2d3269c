using System.Management.Automation;

namespace PatroniOps.Host.Rendering;

/// <summary>The last command of every pipeline: hands each object to the renderer the moment it arrives. Not visible to scripts.</summary>
[Cmdlet(VerbsCommunications.Write, "RenderedObject")]
internal sealed class RenderCommand : PSCmdlet, IDisposable
{
    private bool _finished;

    public static CmdletInfo Info { get; } = new("Write-RenderedObject", typeof(RenderCommand));

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true)]
    public IObjectRenderer Renderer { get; set; } = null!;

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            Renderer.Write(InputObject);
    }

    protected override void EndProcessing() => Finish();

    // A script that says `exit` ends without EndProcessing; what it wrote before is still shown.
    public void Dispose() => Finish();

    private void Finish()
    {
        if (!_finished && !Stopping)
        {
            _finished = true;
            Renderer.Finish();
        }
    }
}
