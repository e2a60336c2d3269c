namespace PatroniOps.Postgres;

/// <summary>Names for SQL.</summary>
internal static class SqlName
{
    /// <summary>A table's name, with or without its schema, in quotes.</summary>
    public static string Quote(string name) => string.Join('.', name.Split('.', 2).Select(part => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}
