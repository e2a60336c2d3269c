using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Connections;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>A cmdlet that looks into archives of WAL, with or without a cluster that tells of them.</summary>
public abstract class WalArchiveCmdlet : SnapshotCmdlet, IDynamicParameters
{
    private protected RepositoryParameters Place { get; } = new();

    /// <summary>Archives: a directory of segments, a pgBackRest repository, Barman's home or a server's folder in it, a WAL-G prefix. By default the connection's -ArchivePath.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Clusters that are connected, by name; wildcards are allowed. What was found without a cluster names none, and goes on through the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [NotEmpty]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    public override string[]? Cluster { get; set; }

    /// <summary>The stanza of pgBackRest, or the server of Barman, where several share the path; by default each stanza is tested.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Stanza { get; set; }

    /// <summary>The database cluster whose WAL it must be; no connection is asked then, unless one is named.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{1,20}$")]
    public string? SystemIdentifier { get; set; }

    /// <summary>A gap is not called a loss before what lies behind it has been in the archive for so long; a minute by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromMinutes(1);

    private bool IsClusterNamed => Connection is { Length: > 0 } || Cluster is { Length: > 0 } || Uri is { Length: > 0 } || Snapshot is { Length: > 0 } || ConnectionId != Guid.Empty;

    /// <summary>Where the archives are.</summary>
    public object GetDynamicParameters() => Place;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Place.Share();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Place.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The way to the archives that -HostName names.</summary>
    private protected Task<ArchiveAccess> AccessAsync(CancellationToken cancellationToken) => Place.ArchivesAsync(this, Place.HostName, cancellationToken);

    /// <summary>Paths as they are on their host; a repository that only its configuration names goes by that one's.</summary>
    private protected List<string>? Paths() => Path?.Select(p => Place.OnNode(this, p)).ToList() ?? (Place.PgBackRestConfig(this) is { } configuration ? [configuration] : null);

    /// <summary>Hands over each archive with what is known of its cluster. A failure is an error about the archive and does not end the others.</summary>
    /// <returns>False when any could not be looked into.</returns>
    protected async Task<bool> ForEachArchiveAsync(Action<WalArchive, WalArchiveQuestion, ArchiveAccess> action, CancellationToken cancellationToken)
    {
        // The session is asked before anything is emitted: until then the pipeline's own thread only waits.
        var paths = Paths();
        if (await TryAccessAsync(cancellationToken).ConfigureAwait(false) is not { } access)
            return false;
        var common = new WalArchiveQuestion { SystemIdentifier = SystemIdentifier, GracePeriod = GracePeriod, Approvals = new WalArchiveGapApprovals(StateFolder.Path).Load() };
        var asked = new List<(IReadOnlyList<string> Paths, WalArchiveQuestion Question)>();
        if (IsClusterNamed || (SystemIdentifier is null && HasCurrentConnection))
            await ForEachSnapshotAsync((snapshot, connection) =>
            {
                lock (asked)
                    asked.Add((paths ?? connection?.ArchivePath ?? [], common.With(snapshot, connection?.SystemIdentifier)));
            }, cancellationToken).ConfigureAwait(false);
        else
            asked.Add((paths ?? [], common));
        // Every one, though one before it could not be read.
        return asked.Count > 0 && asked.Select(a => ForEach(access, a.Paths, a.Question, action, cancellationToken)).ToList().TrueForAll(isRead => isRead);
    }

    // Who logs in on a host is asked of that: it may not answer.
    private async Task<ArchiveAccess?> TryAccessAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AccessAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, Place.HostName));
            return null;
        }
    }

    private bool ForEach(ArchiveAccess access, IReadOnlyList<string> paths, WalArchiveQuestion question, Action<WalArchive, WalArchiveQuestion, ArchiveAccess> action, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            EmitError(Failure.Record(FailureKind.NotConfigured, "There is no archive to look into: give -Path, or run Connect-PatroniCluster with -ArchivePath.", question.Cluster));
        var isAnyUnread = paths.Count == 0;
        foreach (var path in paths)
        {
            try
            {
                foreach (var archive in Open(access, path, question, cancellationToken))
                    action(archive, question, access);
            }
            catch (PatroniOpsException e)
            {
                isAnyUnread = true;
                EmitError(Failure.Record(e, path));
            }
        }
        return !isAnyUnread;
    }

    // Several ids of a repository without a cluster to choose by are tested one by one: their timelines have nothing to do with each other.
    private IReadOnlyList<WalArchive> Open(ArchiveAccess access, string path, WalArchiveQuestion question, CancellationToken cancellationToken)
    {
        var archives = access.Open(path, Stanza, question.SystemIdentifier, cancellationToken).Split();
        return archives.Count > 0 ? archives : throw new PatroniOpsException(FailureKind.NotConfigured, $"{path} holds no WAL of the database cluster {question.SystemIdentifier}.");
    }
}
