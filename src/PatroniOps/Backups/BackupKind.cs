namespace PatroniOps.Backups;

/// <summary>The tool that made a backup.</summary>
public enum BackupKind : long
{
    /// <summary>A directory that pg_basebackup wrote, plain or as tar files.</summary>
    BaseBackup,

    /// <summary>pgBackRest.</summary>
    PgBackRest,

    /// <summary>Barman.</summary>
    Barman,

    /// <summary>WAL-G.</summary>
    WalG,
}
