using System.Text.Json;

namespace PatroniOps.Resources;

/// <summary>Settings of the dynamic configuration that are wanted; what is not named may be anything.</summary>
public sealed record ConfigurationInstance : ResourceInstance
{
    /// <summary>A JSON merge patch: nested as the configuration is; null: not set.</summary>
    public JsonElement? Settings { get; init; }
}
