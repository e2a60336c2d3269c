namespace PatroniOps.Host.CommandLine;

/// <summary>Reads the value of <c>-Output</c>.</summary>
internal static class OutputFormats
{
    public static OutputFormat Parse(string text) =>
        Enum.GetNames<OutputFormat>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<OutputFormat>(text, ignoreCase: true)
            : throw new UsageException($"'{text}' is no output format. Use table, list, json, result or csv.");
}
