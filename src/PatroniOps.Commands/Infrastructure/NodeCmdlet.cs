using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that works on a database node: this machine when no host is named, else another over the system's ssh.</summary>
public abstract class NodeCmdlet : SteeringCmdlet, IDynamicParameters
{
    private protected SshParameters Ssh { get; } = new();

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

    /// <summary>How the node is reached.</summary>
    public object GetDynamicParameters() => Ssh;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Ssh.Share();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Ssh.Dispose();
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

    private protected NodeOptions NodeOptions() => Ssh.Options(this);

    private protected ServiceOptions ServiceOptions() => new()
    {
        Kind = ServiceKind ?? ((StopCommand ?? StartCommand ?? StatusCommand) is null ? Nodes.ServiceKind.Systemd : Nodes.ServiceKind.Commands),
        Name = ServiceName ?? "patroni",
        StopCommand = StopCommand ?? [],
        StartCommand = StartCommand ?? [],
        StatusCommand = StatusCommand ?? [],
    };
}
