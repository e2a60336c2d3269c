namespace PatroniOps.Backups;

/// <summary>What the tool itself says of a backup. That it can be restored only a restore shows.</summary>
public enum BackupStatus : long
{
    /// <summary>It does not say.</summary>
    Unknown,

    /// <summary>Finished without an error.</summary>
    Complete,

    /// <summary>Finished, and the tool saw damage: pages whose checksums are wrong.</summary>
    Damaged,

    /// <summary>It was not finished, or it failed.</summary>
    Failed,

    /// <summary>It is being made.</summary>
    Running,
}
