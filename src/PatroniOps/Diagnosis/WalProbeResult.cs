namespace PatroniOps.Diagnosis;

/// <summary>What START_REPLICATION at the needed position brought.</summary>
public enum WalProbeOutcome : long
{
    /// <summary>The probe could not be made: see the text.</summary>
    Unknown,

    /// <summary>WAL data arrived.</summary>
    Served,

    /// <summary>The position is the server's own tip, by IDENTIFY_SYSTEM: there is nothing to send yet.</summary>
    AtTip,

    /// <summary>The server has removed the segment.</summary>
    Removed,

    /// <summary>The position or timeline is not in the server's history.</summary>
    NotInHistory,
}

/// <summary>The answer of the replication protocol.</summary>
/// <param name="Outcome">What it proves.</param>
/// <param name="Text">The server's words, or why it could not be asked.</param>
public sealed record WalProbeResult(WalProbeOutcome Outcome, string Text)
{
    public override string ToString() => $"{Outcome}: {Text}";
}
