namespace PatroniOps.Archives;

/// <summary>What a gap in an archive means.</summary>
public enum WalArchiveGapStatus : long
{
    /// <summary>A loss.</summary>
    Open,

    /// <summary>What lies behind it was archived a moment ago: the missing may still be on its way.</summary>
    Recent,

    /// <summary>A loss that somebody knows of, for a time.</summary>
    Approved,

    /// <summary>It lies on a branch that does not lead to the newest timeline.</summary>
    Abandoned,
}
