namespace PatroniOps.Diagnosis;

/// <summary>Names as arguments in a command that is shown for copying.</summary>
internal static class PowerShellText
{
    /// <summary>As it stands when it is a plain word, else in single quotes with inner ones doubled.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') && text[0] != '-'
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
