using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Archives.Tools;
using PatroniOps.Backups;
using PatroniOps.Connections;
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
    protected async Task<IReadOnlyList<PatroniBackup>> ReadAsync(CancellationToken cancellationToken)
    {
        var paths = Path?.Select(OnNode).ToList() ?? (Place.PgBackRestConfig(this) is { } configuration ? [configuration] : (List<string>)[]);
        if (paths.Count == 0)
            EmitError(Failure.Record(FailureKind.NotConfigured, "There is no repository to look into: give -Path.", null));
        try
        {
            var access = await Place.ArchivesAsync(this, Place.HostName, cancellationToken).ConfigureAwait(false);
            var found = new List<PatroniBackup>();
            foreach (var path in paths)
                found.AddRange(await ReadAsync(access, path, cancellationToken).ConfigureAwait(false));
            var wanted = found.Where(b => Stanza is null || b.Stanza == Stanza).Select(b => b with { HostName = Place.HostName });
            return [.. new RestoreHistory(StateFolder.Path).Apply(await WithToolsAsync(access, [.. wanted], cancellationToken).ConfigureAwait(false))];
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, Place.HostName));
            return [];
        }
    }

    /// <summary>Whether -Label names the backup; all when there is none.</summary>
    protected bool IsWanted(PatroniBackup backup) => Label is null || Label.Any(l => WildcardPattern.Get(l, WildcardOptions.IgnoreCase).IsMatch(backup.Label));

    /// <summary>A path of this machine is the pipeline's; one of another node is left as it is.</summary>
    protected string OnNode(string path) => Place.OnNode(this, path);

    private async Task<IReadOnlyList<PatroniBackup>> ReadAsync(ArchiveAccess access, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (access.PgBackRestConfigPath is { } configuration)
                return await PgBackRestInfo.ReadAsync(access.Node, access.ToolRunAs, configuration, Stanza, path, cancellationToken).ConfigureAwait(false);
            var listing = await new BackupReader(access.Node, access.ToolRunAs).ReadAsync(path, cancellationToken).ConfigureAwait(false);
            foreach (var failure in listing.Failures)
                EmitError(Failure.Record(failure, path));
            return listing.Backups;
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, path));
            return [];
        }
    }

    // One question for each repository, whatever it holds.
    private static async Task<IReadOnlyList<PatroniBackup>> WithToolsAsync(ArchiveAccess access, IReadOnlyList<PatroniBackup> backups, CancellationToken cancellationToken)
    {
        var reader = new ToolReportReader(access);
        var reports = new Dictionary<(BackupKind, string, string?), ToolReport?>();
        foreach (var group in backups.GroupBy(b => (b.Kind, b.Repository, b.Stanza)))
            reports[group.Key] = ToolComparison.With(await reader.ReadAsync(group.Key.Kind, group.Key.Repository, group.Key.Stanza, cancellationToken).ConfigureAwait(false), [.. group.Select(b => b.Label)]);
        return [.. backups.Select(b => b with { ToolReport = reports[(b.Kind, b.Repository, b.Stanza)] })];
    }
}
