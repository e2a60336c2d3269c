namespace PatroniOps.Patroni;

/// <summary>What somebody else wrote, as a terminal may be given it.</summary>
internal static class PrintableText
{
    /// <summary>The text with U+FFFD for every control character but tab and line feed: a terminal would take them for orders. A carriage return before a line feed is left out.</summary>
    public static string Of(string text) => text.Any(IsUnsafe) ? string.Concat(text.Replace("\r\n", "\n", StringComparison.Ordinal).Select(c => IsUnsafe(c) ? '\ufffd' : c)) : text;

    private static bool IsUnsafe(char c) => char.IsControl(c) && c is not ('\t' or '\n');
}
