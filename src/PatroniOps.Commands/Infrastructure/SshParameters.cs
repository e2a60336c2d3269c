using System.Management.Automation;
using PatroniOps.Nodes;

namespace PatroniOps.Commands;

/// <summary>
/// How a node is reached: this machine when no host is named, else another over the system's ssh. Cmdlets with different bases have these parameters
/// in common: they offer them as dynamic ones.
/// </summary>
public class SshParameters : IDisposable
{
    private IDisposable? sharing;

    /// <summary>The node as ssh knows it; without it this machine is the node.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public virtual string? HostName { get; set; }

    /// <summary>The login on the node; without it as ssh is configured.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>A private key for ssh; without it the user's keys and agent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>ssh's port; without it as ssh is configured.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>An ssh configuration to use in place of the user's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SshConfigPath { get; set; }

    /// <summary>What the cmdlet runs on nodes shares one connection from now on, until this is disposed.</summary>
    internal void Share() => sharing ??= SshSharing.Lease();

    /// <summary>The node that the parameters name.</summary>
    internal NodeOptions Options(PSCmdlet cmdlet) => Options(cmdlet, HostName);

    /// <summary>Another node, reached in the same way.</summary>
    internal NodeOptions Options(PSCmdlet cmdlet, string? hostName) => new()
    {
        HostName = hostName,
        UserName = UserName,
        KeyFilePath = Local(cmdlet, KeyFilePath),
        Port = Port,
        SshConfigPath = Local(cmdlet, SshConfigPath),
    };

    /// <summary>A path of this machine is the pipeline's; one of another node is left as it is.</summary>
    internal string OnNode(PSCmdlet cmdlet, string path) => HostName is null ? cmdlet.GetUnresolvedProviderPathFromPSPath(path) : path;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            sharing?.Dispose();
    }

    // ssh would look from the process's directory.
    private static string? Local(PSCmdlet cmdlet, string? path) => path is null ? null : cmdlet.GetUnresolvedProviderPathFromPSPath(path);
}
