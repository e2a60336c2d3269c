namespace PatroniOps.Recovery.WalRescue;

/// <summary>Limits of a rescue, and who hears of it.</summary>
public sealed record WalRestoreOptions
{
    /// <summary>How long nothing may change before it counts as stalled.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Hears how far it is.</summary>
    public Action<WalRestoreProgress> Progress { get; init; } = _ => { };

    /// <summary>Hears each step as it is done.</summary>
    public Action<RebuildStep> Step { get; init; } = _ => { };
}
