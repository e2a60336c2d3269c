using System.Management.Automation;
using PatroniOps.Archives.Tools;
using PatroniOps.Backups;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that looks into repositories of backups: on this machine when no host is named, else on another over the system's ssh.</summary>
public abstract class RepositoryCmdlet : AsyncCmdlet, IDynamicParameters
{
    private protected RepositoryParameters Place { get; } = new();

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

    /// <summary>Where the repository is.</summary>
    public object GetDynamicParameters() => Place;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Place.Share();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Place.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The backups at -Path. What could not be read has been reported.</summary>
    protected async Task<IReadOnlyList<PatroniBackup>> ReadAsync(Node node, CancellationToken cancellationToken)
    {
        var user = await Place.UserAsync(node, cancellationToken).ConfigureAwait(false);
        var found = new List<PatroniBackup>();
        var configuration = Place.PgBackRestConfig(this);
        var paths = Path?.Select(OnNode).ToList() ?? (configuration is null ? (List<string>)[] : [configuration]);
        if (paths.Count == 0)
            EmitError(Failure.Record(FailureKind.NotConfigured, "There is no repository to look into: give -Path.", null));
        foreach (var path in paths)
        {
            try
            {
                var listing = configuration is null
                    ? await new BackupReader(node, user).ReadAsync(path, cancellationToken).ConfigureAwait(false)
                    : new BackupListing(await PgBackRestInfo.ReadAsync(node, user, configuration, Stanza, path, cancellationToken).ConfigureAwait(false), []);
                foreach (var failure in listing.Failures)
                    EmitError(Failure.Record(failure, path));
                found.AddRange(listing.Backups);
            }
            catch (PatroniOpsException e)
            {
                EmitError(Failure.Record(e, path));
            }
        }
        var wanted = found.Where(b => Stanza is null || b.Stanza == Stanza).Select(b => b with { HostName = Place.HostName });
        return [.. new RestoreHistory(StateFolder.Path).Apply(await WithToolsAsync([.. wanted], cancellationToken).ConfigureAwait(false))];
    }

    /// <summary>Whether -Label names the backup; all when there is none.</summary>
    protected bool IsWanted(PatroniBackup backup) => Label is null || Label.Any(l => WildcardPattern.Get(l, WildcardOptions.IgnoreCase).IsMatch(backup.Label));

    /// <summary>The node.</summary>
    protected Node OpenNode(string? hostName) => Node.Of(Place.Options(this, hostName));

    /// <summary>A path of this machine is the pipeline's; one of another node is left as it is.</summary>
    protected string OnNode(string path) => Place.OnNode(this, path);

    // One question for each repository, whatever it holds.
    private async Task<IReadOnlyList<PatroniBackup>> WithToolsAsync(IReadOnlyList<PatroniBackup> backups, CancellationToken cancellationToken)
    {
        var reader = new ToolReportReader(await Place.ArchivesAsync(this, Place.HostName, cancellationToken).ConfigureAwait(false), Place.BarmanConfig(this));
        var reports = new Dictionary<(BackupKind, string, string?), ToolReport?>();
        foreach (var group in backups.GroupBy(b => (b.Kind, b.Repository, b.Stanza)))
            reports[group.Key] = ToolComparison.With(await reader.ReadAsync(group.Key.Kind, group.Key.Repository, group.Key.Stanza, cancellationToken).ConfigureAwait(false), [.. group.Select(b => b.Label)]);
        return [.. backups.Select(b => b with { ToolReport = reports[(b.Kind, b.Repository, b.Stanza)] })];
    }
}
