using PatroniOps.Archives;
using PatroniOps.Postgres;

namespace PatroniOps.Backups;

/// <summary>How a backup is restored for a test.</summary>
public sealed record RestoreOptions
{
    /// <summary>An existing directory; a new one is made in it, and removed afterwards.</summary>
    public string ScratchPath { get; init; } = "/var/tmp";

    /// <summary>The user that restores and runs the server; null: whoever logs in.</summary>
    public string? RunAs { get; init; }

    /// <summary>PostgreSQL's programs; null: where packages put them.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>pgbackrest.conf; null: pgBackRest's own default, with the repository's path.</summary>
    public string? PgBackRestConfigPath { get; init; }

    /// <summary>barman.conf; null: Barman's own default.</summary>
    public string? BarmanConfigPath { get; init; }

    /// <summary>Where the WAL of a base backup is archived, on its node; null: only what it has with it.</summary>
    public string? ArchivePath { get; init; }

    /// <summary>That archive's layout: a plain directory or a pgBackRest repository.</summary>
    public ArchiveKind ArchiveKind { get; init; } = ArchiveKind.Directory;

    /// <summary>The stanza in that archive.</summary>
    public string? ArchiveStanza { get; init; }

    public RestoreTarget Target { get; init; } = new();

    public IReadOnlyList<RestoreAssertion> Assertions { get; init; } = [];

    /// <summary>Tables whose rows are counted on both sides.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The database of the tables.</summary>
    public string Database { get; init; } = "postgres";

    /// <summary>A superuser of the restored cluster.</summary>
    public string DatabaseUser { get; init; } = "postgres";

    /// <summary>How long recovery may take.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far the archive goes without a gap: recovery to its end must come into its last segment; null: not known.</summary>
    public Lsn? ArchiveEnd { get; init; }

    /// <summary>Bytes of a segment.</summary>
    public long WalSegmentSize { get; init; } = WalSegment.DefaultSize;
}
