using System.Text.Json.Serialization;

namespace PatroniOps.Resources;

/// <summary>A permanent slot that is wanted, or not.</summary>
public sealed record SlotInstance : ResourceInstance
{
    /// <summary>The slot's name in PostgreSQL; null only where all are asked for.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is to be there; yes by default.</summary>
    [JsonPropertyName("_exist")]
    public bool? Exist { get; init; }

    /// <summary><c>physical</c> or <c>logical</c>; by default what database and plugin say.</summary>
    public string? Type { get; init; }

    /// <summary>Of a logical slot.</summary>
    public string? Database { get; init; }

    /// <summary>Of a logical slot.</summary>
    public string? Plugin { get; init; }

    /// <summary>Only told: whether the leader's PostgreSQL has it; null when that was not read.</summary>
    public bool? IsOnLeader { get; init; }
}
