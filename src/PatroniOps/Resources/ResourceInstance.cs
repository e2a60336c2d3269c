using System.Text.Json;
using System.Text.Json.Serialization;
using PatroniOps.Patroni;

namespace PatroniOps.Resources;

/// <summary>What all instances share: where the cluster is.</summary>
public abstract record ResourceInstance
{
    /// <summary>Addresses of Patroni's REST API in one cluster; none: the caller knows.</summary>
    public IReadOnlyList<string>? Uri { get; init; }

    /// <summary>The cluster's name; only told.</summary>
    public string? Cluster { get; init; }

    /// <summary>Only told: whether it was as wanted.</summary>
    [JsonPropertyName("_inDesiredState")]
    public bool? InDesiredState { get; init; }

    /// <summary>Reads an instance of a type.</summary>
    /// <exception cref="PatroniOpsException">It is not one.</exception>
    public static ResourceInstance Parse(ResourceType type, string json)
    {
        try
        {
            return type switch
            {
                ResourceType.Slot => JsonSerializer.Deserialize(json, ResourceJson.Default.SlotInstance),
                ResourceType.DynamicConfiguration => JsonSerializer.Deserialize(json, ResourceJson.Default.ConfigurationInstance),
                _ => (ResourceInstance?)JsonSerializer.Deserialize(json, ResourceJson.Default.HealthInstance),
            } ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"The instance of {type} is null; a JSON object is wanted.");
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"The instance of {type} is not as its schema says: {e.Message}", e);
        }
    }
}
