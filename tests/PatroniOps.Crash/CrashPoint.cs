namespace PatroniOps.Crash;

/// <summary>Where in a step the crash comes.</summary>
public enum CrashPoint
{
    /// <summary>The journal says that the step is begun, and nothing has been done.</summary>
    Begun,

    /// <summary>A moment later, whatever the step is doing then.</summary>
    Midway,

    /// <summary>The journal says that the step is done.</summary>
    Done,

    /// <summary>The journal says that the whole run is, after its last step.</summary>
    Finished,

    /// <summary>The journal says that the step is being taken back, and nothing has been done.</summary>
    UndoBegun,

    /// <summary>The journal says that the step is taken back.</summary>
    Undone,
}
