using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Archives.Tools;

/// <summary>The answers of <c>barman -f json check</c> and <c>list-backups</c>. Barman tells no archived segments.</summary>
/// <remarks>Source: Barman, barman/output.py (JsonOutputWriter).</remarks>
internal static class BarmanReport
{
    public const string Tool = "barman";

    /// <param name="check">The checks: each has a status and perhaps a hint.</param>
    /// <param name="backups">The list of backups.</param>
    /// <param name="server">The server.</param>
    public static ToolReport Parse(string check, string backups, string server)
    {
        try
        {
            var checks = Json.Parse(check);
            var list = Json.Parse(backups);
            if (Json.Property(checks, server) is not { ValueKind: JsonValueKind.Object } all)
                return new ToolReport { Tool = Tool, Unknown = Json.Property(checks, "_ERROR") is { } error ? Redaction.Text(Json.Text(error) ?? error.GetRawText()) : $"it tells nothing of the server {server}" };
            if (Json.Property(list, server) is not { ValueKind: JsonValueKind.Array } known)
                return new ToolReport { Tool = Tool, Unknown = $"it tells nothing of the backups of {server}" };
            var failed = all.EnumerateObject().Where(c => Json.Text(c.Value, "status") != "OK").Select(Failed).ToList();
            return new ToolReport
            {
                Tool = Tool,
                IsOk = failed.Count == 0,
                Status = failed.Count == 0 ? "OK" : $"FAILED: {string.Join(", ", failed)}",
                Backups = [.. known.EnumerateArray().Select(b => Json.Text(b, "backup_id")).OfType<string>().Order(StringComparer.Ordinal)],
            };
        }
        catch (JsonException e)
        {
            return new ToolReport { Tool = Tool, Unknown = $"its answer is not JSON: {e.Message}" };
        }
    }

    private static string Failed(JsonProperty check)
    {
        var name = check.Name.Replace('_', ' ');
        return Json.Text(check.Value, "hint") is { Length: > 0 } hint ? $"{name} ({Redaction.Text(hint)})" : name;
    }
}
