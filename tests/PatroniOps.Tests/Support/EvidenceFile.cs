using System.Text.Json;

namespace PatroniOps.Tests.Support;

/// <summary>One recorded capture: bodies under the names of the files that they were recorded in.</summary>
internal sealed class EvidenceFile
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Evidence");

    private readonly JsonElement bodies;

    /// <param name="name">Such as <c>3.0.2/A1-0-healthy</c>.</param>
    public EvidenceFile(string name)
    {
        Name = name;
        bodies = JsonText.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
    }

    public string Name { get; }

    public bool IsOfPatroni3 => Name.StartsWith("3.", StringComparison.Ordinal);

    public IEnumerable<(string File, JsonElement Body)> Bodies => bodies.EnumerateObject().Select(p => (p.Name, p.Value));

    /// <summary>A body; null when there is none or the server gave none.</summary>
    public JsonElement? Body(string file) => bodies.TryGetProperty(file, out var body) && !IsError(body) ? body : null;

    public static bool IsError(JsonElement body) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out _);

    public static IEnumerable<string> Names() => Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(f => Path.ChangeExtension(Path.GetRelativePath(Folder, f), null).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public static string PathOf(string file) => Path.Combine(Folder, file);
}
