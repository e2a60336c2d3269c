using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that works on a database node: this machine when no host is named, else another over the system's ssh.</summary>
public abstract class NodeCmdlet : SteeringCmdlet
{
    private IDisposable? sharing;

    /// <summary>The member's node as ssh knows it; without it this machine is the node.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

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

    /// <summary>The member's patroni.yml on its node; without it where packages put it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? PatroniConfigPath { get; set; }

    /// <summary>What keeps Patroni running on the node; systemd by default, own commands when they are given.</summary>
    [Parameter]
    public ServiceKind? ServiceKind { get; set; }

    /// <summary>Patroni's unit of systemd or program of supervisor; patroni by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ServiceName { get; set; }

    /// <summary>Program and arguments that stop Patroni and return when it has ended.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? StopCommand { get; set; }

    /// <summary>Program and arguments that start Patroni and return.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? StartCommand { get; set; }

    /// <summary>Program and arguments that exit with 0 while Patroni runs and with 3 when it does not.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? StatusCommand { get; set; }

    /// <summary>A role with the REPLICATION attribute; without it the one in the member's patroni.yml.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ReplicationCredential { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        sharing = SshSharing.Lease();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            sharing?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Reads the node and proves that it is the member's.</summary>
    /// <exception cref="PatroniOpsException">It cannot be read, or it is another member's node.</exception>
    private protected Task<PatroniNode> OpenNodeAsync(PatroniConnection connection, string member, CancellationToken cancellationToken) =>
        PatroniNode.OpenAsync(Node.Of(NodeOptions()), member, connection.Cluster, PatroniConfigPath, ServiceOptions(), cancellationToken);

    /// <summary>The replication role: the one given, else the one in the member's patroni.yml.</summary>
    /// <exception cref="PatroniOpsException">There is neither.</exception>
    private protected System.Net.NetworkCredential ReplicationRole(PatroniNode node) =>
        ReplicationCredential?.GetNetworkCredential() ?? node.Configuration.ReplicationCredential
            ?? throw new PatroniOpsException(FailureKind.NotConfigured,
                $"{node.Node.Name}: {node.ConfigurationPath} has no user and password of the replication role: give -ReplicationCredential.");

    // A path of this machine is the pipeline's: ssh would look from the process's directory.
    private protected NodeOptions NodeOptions() => new()
    {
        HostName = HostName,
        UserName = UserName,
        KeyFilePath = Local(KeyFilePath),
        Port = Port,
        SshConfigPath = Local(SshConfigPath),
    };

    private protected ServiceOptions ServiceOptions() => new()
    {
        Kind = ServiceKind ?? ((StopCommand ?? StartCommand ?? StatusCommand) is null ? Nodes.ServiceKind.Systemd : Nodes.ServiceKind.Commands),
        Name = ServiceName ?? "patroni",
        StopCommand = StopCommand ?? [],
        StartCommand = StartCommand ?? [],
        StatusCommand = StatusCommand ?? [],
    };

    private string? Local(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);
}
