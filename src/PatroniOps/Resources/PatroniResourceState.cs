namespace PatroniOps.Resources;

/// <summary>What an operation on a resource gave.</summary>
public sealed record PatroniResourceState
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required ResourceType Type { get; init; }

    public required ResourceOperation Operation { get; init; }

    /// <summary>Whether it was as wanted before the operation; null where nothing was wanted of it.</summary>
    public bool? IsInDesiredState { get; init; }

    /// <summary>The properties that differed.</summary>
    public IReadOnlyList<string> Different { get; init; } = [];

    /// <summary>The instance as JSON on one line: as it is after the operation, or with WhatIf as it would be.</summary>
    public required string Json { get; init; }
}
