using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatroniOps.Patroni;

/// <summary>A member's tags as Patroni publishes them: name and value as text.</summary>
/// <param name="Values">All tags, those unknown here included.</param>
/// <remarks>Source: Patroni, docs/yaml_configuration.rst, section tags.</remarks>
public sealed record MemberTags(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>No tag is set.</summary>
    public static MemberTags None { get; } = new(new Dictionary<string, string>());

    /// <summary>The member that this one is to stream from instead of the leader.</summary>
    [JsonIgnore]
    public string? ReplicateFrom => Values.TryGetValue("replicatefrom", out var value) && value.Length > 0 ? value : null;

    /// <summary>Never becomes leader.</summary>
    [JsonIgnore]
    public bool NoFailover => IsSet("nofailover") || (Values.TryGetValue("failover_priority", out var priority) && int.TryParse(priority, out var value) && value <= 0);

    /// <summary>The higher, the rather chosen as leader (3.2 and later); 1 when it is not set.</summary>
    [JsonIgnore]
    public int FailoverPriority => Values.TryGetValue("failover_priority", out var text) && int.TryParse(text, out var value) ? value : 1;

    /// <summary>Never streams, lives from the archive alone (3.3 and later).</summary>
    [JsonIgnore]
    public bool NoStream => IsSet("nostream");

    /// <summary>Answers 503 on /replica.</summary>
    [JsonIgnore]
    public bool NoLoadBalance => IsSet("noloadbalance");

    /// <summary>Preferred as the source of a new copy.</summary>
    [JsonIgnore]
    public bool CloneFrom => IsSet("clonefrom");

    internal static MemberTags Parse(JsonElement? element) => element is null ? None : new MemberTags(Json.Scalars(element));

    private bool IsSet(string name) =>
        Values.TryGetValue(name, out var value) && value.ToLowerInvariant() is "true" or "yes" or "on" or "1";

    public override string ToString() => string.Join(", ", Values.Select(tag => $"{tag.Key}={tag.Value}"));
}
