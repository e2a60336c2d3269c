using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Archives;

/// <summary>The way to archives: files of this machine, those of a node as a user there, or pgBackRest itself.</summary>
/// <param name="Node">The node.</param>
/// <param name="HostName">The node as ssh knows it; null: this machine.</param>
/// <param name="RunAs">The user whose rights hold when files are read; null: whoever logs in.</param>
public sealed record ArchiveAccess(Node Node, string? HostName = null, string? RunAs = null)
{
    /// <summary>The user that the archives' own tools run as; null: whoever logs in.</summary>
    public string? ToolRunAs { get; init; }

    /// <summary>A pgbackrest.conf on the node. Where it is given as the path of an archive, and where a repository is encrypted, pgBackRest itself reads.</summary>
    public string? PgBackRestConfigPath { get; init; }

    /// <summary>A barman.conf on the node; null: Barman's own default.</summary>
    public string? BarmanConfigPath { get; init; }

    /// <summary>Opens the archive at a path and finds out its layout.</summary>
    /// <param name="path">As <see cref="WalArchive.Open(string, string?, string?)"/> takes it, or the pgbackrest.conf of a repository.</param>
    /// <param name="stanza">The stanza, or Barman's server; null takes all stanzas.</param>
    /// <param name="systemIdentifier">Chooses the right history id of a repository; null takes them all.</param>
    /// <param name="cancellationToken">Ends whatever is read from the archive, also later.</param>
    /// <exception cref="PatroniOpsException">It is not there, or it may not or cannot be read: the kind tells which.</exception>
    public WalArchive Open(string path, string? stanza, string? systemIdentifier, CancellationToken cancellationToken)
    {
        if (PgBackRestConfigPath is null)
            return OpenFiles(path, stanza, systemIdentifier, cancellationToken);
        if (PgBackRestConfigPath == path)
            return OpenTool(path, stanza, systemIdentifier, cancellationToken);
        try
        {
            return OpenFiles(path, stanza, systemIdentifier, cancellationToken);
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.Refused)
        {
            // The files are there and encrypted.
            return OpenTool(path, stanza, systemIdentifier, cancellationToken);
        }
    }

    private WalArchive OpenFiles(string path, string? stanza, string? systemIdentifier, CancellationToken cancellationToken)
    {
        if (HostName is null && RunAs is null)
            return WalArchive.Open(path, stanza, systemIdentifier);
        var store = new NodeArchiveStore(Node, HostName, RunAs, path, cancellationToken);
        store.Check();
        return WalArchive.Open(store, stanza, systemIdentifier);
    }

    private WalArchive OpenTool(string path, string? stanza, string? systemIdentifier, CancellationToken cancellationToken) =>
        WalArchive.Open(new PgBackRestArchiveStore(Node, HostName, PgBackRestProgram.Configured(PgBackRestConfigPath!, ToolRunAs), path, cancellationToken), stanza, systemIdentifier);
}
