using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Observing;

/// <summary>The dynamic configuration of a cluster, without secrets, with Patroni's defaults where a key is not set.</summary>
public sealed record PatroniConfiguration
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public TimeSpan Ttl { get; init; }

    public TimeSpan LoopWait { get; init; }

    public TimeSpan RetryTimeout { get; init; }

    public bool UseSlots { get; init; }

    public bool UsePgRewind { get; init; }

    public TimeSpan MemberSlotsTtl { get; init; }

    public bool IsPaused { get; init; }

    public bool IsStandbyCluster { get; init; }

    /// <summary>PostgreSQL's parameters that are set for the whole cluster.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required IReadOnlyList<PermanentSlot> PermanentSlots { get; init; }

    /// <summary>The whole document as JSON text.</summary>
    public required string Json { get; init; }

    /// <summary>Null when it was not read.</summary>
    public static PatroniConfiguration? FromSnapshot(ClusterSnapshot snapshot) => snapshot.Configuration.Value is not { } configuration ? null : new PatroniConfiguration
    {
        ConnectionId = snapshot.ConnectionId,
        Cluster = snapshot.Cluster,
        Ttl = configuration.Ttl,
        LoopWait = configuration.LoopWait,
        RetryTimeout = configuration.RetryTimeout,
        UseSlots = configuration.UseSlots,
        UsePgRewind = configuration.UsePgRewind,
        MemberSlotsTtl = configuration.MemberSlotsTtl,
        IsPaused = configuration.IsPaused,
        IsStandbyCluster = configuration.IsStandbyCluster,
        Parameters = configuration.Parameters,
        PermanentSlots = configuration.PermanentSlots,
        Json = JsonSerializer.Serialize(configuration.Document, Indented),
    };
}
