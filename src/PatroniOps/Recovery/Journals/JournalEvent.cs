namespace PatroniOps.Recovery.Journals;

/// <summary>What a line of a journal says.</summary>
public enum JournalEvent : long
{
    /// <summary>Written before a step does anything.</summary>
    Begun,

    /// <summary>The step's effect was proven.</summary>
    Done,

    /// <summary>The step failed; its text says why.</summary>
    Failed,

    /// <summary>Somebody stopped the run at a safe place.</summary>
    Stopped,

    /// <summary>Written before a step is taken back.</summary>
    UndoBegun,

    /// <summary>The step was taken back.</summary>
    Undone,

    /// <summary>All steps are done.</summary>
    Finished,

    /// <summary>All steps are taken back.</summary>
    RolledBack,
}
