namespace PatroniOps.Archives;

/// <summary>The judgement on an archive.</summary>
public enum WalArchiveVerdict : long
{
    /// <summary>It cannot be told.</summary>
    Unknown,

    /// <summary>Nothing is missing, and nothing that was looked at is damaged.</summary>
    Good,

    /// <summary>Segments are missing.</summary>
    Gap,

    /// <summary>A file is damaged.</summary>
    Damaged,
}
