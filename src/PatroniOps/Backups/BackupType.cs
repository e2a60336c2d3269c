namespace PatroniOps.Backups;

/// <summary>What a backup holds of its own.</summary>
public enum BackupType : long
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>What changed since the last full one.</summary>
    Differential,

    /// <summary>What changed since the one before.</summary>
    Incremental,
}
