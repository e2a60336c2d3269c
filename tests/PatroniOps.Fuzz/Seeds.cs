using System.Text.Json;

namespace PatroniOps.Fuzz;

/// <summary>Real inputs: what tools and servers have written, in the folder Seeds and in the repository's recordings.</summary>
internal static class Seeds
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Seeds");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Bodies of recorded REST answers.</summary>
    /// <param name="isWanted">Told the name that a body was recorded under.</param>
    public static IReadOnlyList<string> Answers(Func<string, bool> isWanted)
    {
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "Evidence"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var body in document.RootElement.EnumerateObject().Where(b => isWanted(b.Name)))
                bodies.Add(body.Value.GetRawText());
        }
        return [.. bodies];
    }

    /// <summary>Recorded incidents, each on one line.</summary>
    public static IReadOnlyList<string> Incidents() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "Incidents"), "*.json").Order(StringComparer.Ordinal).Select(f => JsonSerializer.Serialize(JsonDocument.Parse(File.ReadAllText(f)).RootElement))];
}
