using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Nodes;

namespace PatroniOps.Commands;

/// <summary>Where archives and backups are, and as whom they are read.</summary>
public sealed class RepositoryParameters : SshParameters
{
    private const string ServersUser = "postgres";

    /// <summary>The node that holds the repository, as ssh knows it; without it this machine does.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotEmpty]
    public override string? HostName { get; set; }

    /// <summary>The user whose rights hold on the node, through sudo without a password; without it postgres when root logs in over ssh or backups are looked into, else the login itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunAs { get; set; }

    /// <summary>A pgbackrest.conf: encrypted repositories are then read through pgbackrest itself, and without -Path the one that it names, which may be in an object store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PgBackRestConfigPath { get; set; }

    /// <summary>barman.conf; Barman's own default without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BarmanConfigPath { get; set; }

    /// <summary>pgbackrest.conf as its node has it.</summary>
    internal string? PgBackRestConfig(PSCmdlet cmdlet) => PgBackRestConfigPath is { } path ? OnNode(cmdlet, path) : null;

    /// <summary>The user that -RunAs names, or that the node's login makes likely.</summary>
    private async Task<string?> UserAsync(Node node, CancellationToken cancellationToken) =>
        RunAs ?? (await node.LoginAsync(cancellationToken).ConfigureAwait(false) == "root" ? ServersUser : null);

    /// <summary>The way to archives. Files of this machine are read with the rights of the session unless -RunAs says otherwise.</summary>
    internal async Task<ArchiveAccess> ArchivesAsync(PSCmdlet cmdlet, string? hostName, CancellationToken cancellationToken)
    {
        var node = Node.Of(Options(cmdlet, hostName));
        // There are no other users' rights to take on there.
        var user = hostName is null && OperatingSystem.IsWindows() ? RunAs : await UserAsync(node, cancellationToken).ConfigureAwait(false);
        return new ArchiveAccess(node, hostName, hostName is null ? RunAs : user) { ToolRunAs = user, PgBackRestConfigPath = PgBackRestConfig(cmdlet), BarmanConfigPath = BarmanConfigPath is { } path ? OnNode(cmdlet, path) : null };
    }
}
