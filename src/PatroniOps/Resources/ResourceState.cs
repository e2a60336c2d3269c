using System.Text.Json.Nodes;

namespace PatroniOps.Resources;

/// <summary>How something of a cluster is, beside how it is wanted. Holds no secret.</summary>
/// <param name="Actual">As it is.</param>
/// <param name="Wanted">As it would be after a set.</param>
/// <param name="Different">The names of the properties that differ; empty: it is as wanted.</param>
public sealed record ResourceState(JsonObject Actual, JsonObject Wanted, IReadOnlyList<string> Different)
{
    public bool IsInDesiredState => Different.Count == 0;
}
