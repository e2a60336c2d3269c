using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Archives.Tools;

/// <summary>The answer of <c>pgbackrest info --output=json</c>.</summary>
/// <remarks>Source: pgBackRest, src/command/info/info.c.</remarks>
internal static class PgBackRestReport
{
    public const string Tool = "pgbackrest";

    /// <summary>What it says of a stanza without a backup, which is no word about its WAL.</summary>
    public const string NoBackup = "no valid backups";

    /// <param name="text">The answer.</param>
    /// <param name="stanza">The stanza.</param>
    /// <param name="id">The history id of an archive, such as <c>15-1</c>; null: no archive was asked about.</param>
    public static ToolReport Parse(string text, string stanza, string? id)
    {
        try
        {
            if (Items(Json.Parse(text)).Where(s => Json.Text(s, "name") == stanza).ToList() is not [var found])
                return new ToolReport { Tool = Tool, Unknown = $"it tells nothing of the stanza {stanza}" };
            var status = Json.Property(found, "status") ?? default;
            var archive = Items(Json.Property(found, "archive")).FirstOrDefault(a => id is not null && Json.Text(a, "id") == id);
            return new ToolReport
            {
                Tool = Tool,
                IsOk = Json.Integer(status, "code") is { } code ? code == 0 : null,
                Status = Json.Text(status, "message"),
                First = Json.Text(archive, "min"),
                Last = Json.Text(archive, "max"),
                Backups = [.. Items(Json.Property(found, "backup")).Select(b => Json.Text(b, "label")).OfType<string>()],
            };
        }
        catch (JsonException e)
        {
            return new ToolReport { Tool = Tool, Unknown = $"its answer is not JSON: {e.Message}" };
        }
    }

    private static List<JsonElement> Items(JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
}
