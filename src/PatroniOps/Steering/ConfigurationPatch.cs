using System.Text.Json;
using System.Text.Json.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Steering;

/// <summary>A change of the dynamic configuration: a JSON merge patch, in which null deletes.</summary>
public sealed class ConfigurationPatch
{
    private const string ParametersPrefix = "postgresql.parameters.";

    private ConfigurationPatch(JsonElement document) => Document = document;

    /// <summary>The patch, a JSON object.</summary>
    public JsonElement Document { get; }

    /// <exception cref="PatroniOpsException">It is not a JSON object.</exception>
    public static ConfigurationPatch Parse(string json)
    {
        try
        {
            return Json.Parse(json) is { ValueKind: JsonValueKind.Object } document
                ? new ConfigurationPatch(document)
                : throw new PatroniOpsException(FailureKind.NotConfigured, "The patch is JSON, but not an object such as {\"ttl\": 30}.");
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"The patch is not JSON: {e.Message}", e);
        }
    }

    /// <summary>From settings by their dotted names. Below postgresql.parameters the rest is one name: those of extensions hold dots.</summary>
    /// <exception cref="PatroniOpsException">A name is none, or lies below another one.</exception>
    public static ConfigurationPatch FromSettings(IReadOnlyList<KeyValuePair<string, JsonElement>> settings)
    {
        // A hashtable has no order: which of the two comes first must not matter.
        if (settings.FirstOrDefault(s => settings.Any(other => s.Key.StartsWith($"{other.Key}.", StringComparison.Ordinal))) is { Key: { } lower })
            throw new PatroniOpsException(FailureKind.NotConfigured, $"The setting {lower} lies below another one that is given too. Give one of the two.");
        var root = new JsonObject();
        foreach (var (name, value) in settings)
        {
            var place = Place(name);
            var parent = root;
            foreach (var key in place[..^1])
                parent = (JsonObject)(parent[key] ??= new JsonObject());
            parent[place[^1]] = JsonNode.Parse(value.GetRawText());
        }
        return Parse(root.ToJsonString());
    }

    public override string ToString() => Redaction.Document(Document).GetRawText();

    private static string[] Place(string name) => name.StartsWith(ParametersPrefix, StringComparison.Ordinal) && name.Length > ParametersPrefix.Length
        ? ["postgresql", "parameters", name[ParametersPrefix.Length..]]
        : name.Split('.').Any(key => key.Length == 0)
            ? throw new PatroniOpsException(FailureKind.NotConfigured, $"'{name}' is not the name of a setting such as ttl or postgresql.parameters.wal_keep_size.")
            : name.Split('.');
}
