using System.Management.Automation;
using PatroniOps.Backups;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that looks into repositories of backups: on this machine when no host is named, else on another over the system's ssh.</summary>
public abstract class RepositoryCmdlet : AsyncCmdlet
{
    private const string ServersUser = "postgres";

    /// <summary>A pgBackRest repository, Barman's home or a server's directory in it, a WAL-G prefix, or a directory with base backups.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Backups by their label; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>pgBackRest's stanza or Barman's server, where several share the path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Stanza { get; set; }

    /// <summary>A pgbackrest.conf: the backups are then asked of pgbackrest itself, which reads encrypted repositories and object stores too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PgBackRestConfigPath { get; set; }

    /// <summary>The node that holds the repository, as ssh knows it; without it this machine does.</summary>
    [Parameter]
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

    /// <summary>The user whose rights hold on the node, through sudo without a password; without it postgres when root logs in, else the login itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RunAs { get; set; }

    /// <summary>The backups at -Path. What could not be read has been reported.</summary>
    protected async Task<IReadOnlyList<PatroniBackup>> ReadAsync(Node node, CancellationToken cancellationToken)
    {
        var user = await UserAsync(node, cancellationToken).ConfigureAwait(false);
        var found = new List<PatroniBackup>();
        if (Path is null)
            EmitError(Failure.Record(FailureKind.NotConfigured, "There is no repository to look into: give -Path.", null));
        foreach (var path in Path ?? [])
        {
            try
            {
                var listing = PgBackRestConfigPath is null
                    ? await new BackupReader(node, user).ReadAsync(OnNode(path), cancellationToken).ConfigureAwait(false)
                    : await AskPgBackRestAsync(node, user, OnNode(path), cancellationToken).ConfigureAwait(false);
                foreach (var failure in listing.Failures)
                    EmitError(Failure.Record(failure, path));
                found.AddRange(listing.Backups);
            }
            catch (PatroniOpsException e)
            {
                EmitError(Failure.Record(e, path));
            }
        }
        return [.. new RestoreHistory(StateFolder.Path).Apply(found.Where(b => Stanza is null || b.Stanza == Stanza).Select(b => b with { HostName = HostName }))];
    }

    /// <summary>Whether -Label names the backup; all when there is none.</summary>
    protected bool IsWanted(PatroniBackup backup) => Label is null || Label.Any(l => WildcardPattern.Get(l, WildcardOptions.IgnoreCase).IsMatch(backup.Label));

    /// <summary>The user that -RunAs names, or that the node's login makes likely.</summary>
    protected async Task<string?> UserAsync(Node node, CancellationToken cancellationToken) =>
        RunAs ?? (await node.LoginAsync(cancellationToken).ConfigureAwait(false) == "root" ? ServersUser : null);

    /// <summary>The node.</summary>
    protected Node OpenNode(string? hostName) => Node.Of(new NodeOptions
    {
        HostName = hostName,
        UserName = UserName,
        KeyFilePath = Local(KeyFilePath),
        Port = Port,
        SshConfigPath = Local(SshConfigPath),
    });

    /// <summary>A path of this machine is the pipeline's; one of another node is left as it is.</summary>
    protected string OnNode(string path) => HostName is null ? GetUnresolvedProviderPathFromPSPath(path) : path;

    private string? Local(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);

    private async Task<BackupListing> AskPgBackRestAsync(Node node, string? user, string path, CancellationToken cancellationToken)
    {
        List<string> arguments = [$"--config={OnNode(PgBackRestConfigPath!)}", "info", "--output=json"];
        if (Stanza is not null)
            arguments.Insert(1, $"--stanza={Stanza}");
        var answer = await node.MustAsync(new NodeCommand("pgbackrest", arguments) { RunAs = user }, cancellationToken).ConfigureAwait(false);
        return new BackupListing(PgBackRestInfo.Parse(answer.Output, path), []);
    }
}
