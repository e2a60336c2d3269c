namespace PatroniOps.Diagnosis;

/// <summary>Names as arguments in a command that is shown for copying.</summary>
internal static class PowerShellText
{
    // PowerShell takes the typographic quotes for plain ones.
    private static readonly char[] SingleQuotes = ['\'', '\u2018', '\u2019', '\u201A', '\u201B'];

    /// <summary>As it stands when it is a plain word, else in single quotes with inner ones doubled.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') && text[0] != '-'
            ? text
            : QuoteAlways(text);

    /// <summary>In single quotes, inner ones doubled.</summary>
    public static string QuoteAlways(string text) => $"'{string.Concat(text.Select(c => SingleQuotes.Contains(c) ? $"{c}{c}" : $"{c}"))}'";
}
