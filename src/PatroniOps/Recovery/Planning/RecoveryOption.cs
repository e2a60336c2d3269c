namespace PatroniOps.Recovery.Planning;

/// <summary>One way back.</summary>
public sealed record RecoveryOption
{
    public RecoveryMethod Method { get; init; }

    /// <summary>Null: something that decides it was not read; <see cref="Reason"/> says what.</summary>
    public bool? IsFeasible { get; init; }

    /// <summary>Why it is possible or not.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the member can be put back to what it is now.</summary>
    public bool IsUndoable { get; init; }

    /// <summary>False: it needs a decision that only a person can make.</summary>
    public bool IsAutomatic { get; init; } = true;

    /// <summary>Bytes to move; null when not known.</summary>
    public long? BytesToMove { get; init; }

    /// <summary>How far to trust that number: at most, or an estimate; null when it is exact or not known.</summary>
    public string? BytesNote { get; init; }

    /// <summary>From rates measured on this cluster before; null when none was.</summary>
    public TimeSpan? EstimatedTime { get; init; }

    public LeaderLoad LeaderLoad { get; init; }

    /// <summary>What can go wrong.</summary>
    public required string Risk { get; init; }

    /// <summary>What it does, in order.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    public override string ToString() => $"{Method}: {(IsFeasible switch { true => "possible", false => "not possible", null => "not known" })}: {Reason}";
}
