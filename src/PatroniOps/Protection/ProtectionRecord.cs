namespace PatroniOps.Protection;

/// <summary>One line of the journal of protections; a member's newest line is how it stands.</summary>
public sealed record ProtectionRecord
{
    public DateTimeOffset At { get; init; }

    public ProtectionEvent Event { get; init; }

    public required string Member { get; init; }

    /// <summary>The permanent slot.</summary>
    public required string SlotName { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>When it is to be let go.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Bytes of WAL that the slot may keep before it is let go; null without a limit.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>The slot was in the configuration before: it stays there.</summary>
    public bool WasPermanent { get; init; }

    /// <summary>Why it was let go.</summary>
    public string? Text { get; init; }
}
