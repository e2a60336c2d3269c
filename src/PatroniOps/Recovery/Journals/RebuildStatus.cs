namespace PatroniOps.Recovery.Journals;

/// <summary>Where a rebuild stands by its journal.</summary>
public enum RebuildStatus : long
{
    /// <summary>It was interrupted, or it runs: it can be resumed, and undone where its method can.</summary>
    Unfinished,

    /// <summary>The member streams from the new data.</summary>
    Finished,

    /// <summary>Everything was taken back: the member has its old data.</summary>
    RolledBack,
}
