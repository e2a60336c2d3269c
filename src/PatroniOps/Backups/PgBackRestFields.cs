using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Backups;

/// <summary>What backup.info and pgbackrest's own answer write alike.</summary>
internal static class PgBackRestFields
{
    public static JsonElement Part(JsonElement element, string name) => Json.Property(element, name) ?? default;

    public static List<JsonElement> Items(JsonElement? element) => element is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    public static IEnumerable<string> Texts(JsonElement? element) => Items(element).Select(Json.Text).OfType<string>();

    public static Dictionary<string, string> Annotated(JsonElement? element) => element is { ValueKind: JsonValueKind.Object } map
        ? map.EnumerateObject().Where(p => Json.Scalar(p.Value) is not null).GroupBy(p => p.Name).ToDictionary(g => g.Key, g => Json.Scalar(g.Last().Value)!)
        : [];

    public static BackupType TypeOf(string? type) => type switch { "incr" => BackupType.Incremental, "diff" => BackupType.Differential, _ => BackupType.Full };

    public static DateTimeOffset? Seconds(long? seconds) => seconds is > 0 and < 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
}
