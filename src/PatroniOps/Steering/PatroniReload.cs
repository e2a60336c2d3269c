namespace PatroniOps.Steering;

/// <summary>A member that was told to reload its configuration.</summary>
public sealed record PatroniReload
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    /// <summary>Patroni's own words. It reads its patroni.yml after the answer, and says in its log alone what came of it.</summary>
    public required string Answer { get; init; }
}
