namespace PatroniOps.Backups;

/// <summary>How one check of a backup ended, from best to worst. Only Passed and NotApplicable leave the whole a success.</summary>
public enum BackupCheckOutcome : long
{
    /// <summary>There is nothing to check: a cluster without checksums has none.</summary>
    NotApplicable,

    Passed,

    /// <summary>It did not run, because another failed or a program is missing.</summary>
    Skipped,

    /// <summary>What it needs was not read.</summary>
    Unknown,

    Failed,
}
