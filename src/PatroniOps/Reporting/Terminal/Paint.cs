using PatroniOps.Diagnosis;

namespace PatroniOps.Reporting.Terminal;

/// <summary>Colours of a terminal; the words carry the meaning.</summary>
internal static class Paint
{
    private const string End = "\u001b[0m";

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => Green(verdict.ToString()),
        Verdict.Degraded => Yellow(verdict.ToString()),
        Verdict.Unknown => Violet(verdict.ToString()),
        _ => Red(verdict.ToString()),
    };

    public static string Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Info => severity.ToString(),
        FindingSeverity.Warning => Yellow(severity.ToString()),
        FindingSeverity.Unknown => Violet(severity.ToString()),
        _ => Red(severity.ToString()),
    };

    public static string Green(string text) => $"\u001b[32m{text}{End}";

    public static string Yellow(string text) => $"\u001b[33m{text}{End}";

    public static string Red(string text) => $"\u001b[31m{text}{End}";

    public static string Violet(string text) => $"\u001b[35m{text}{End}";

    public static string Bold(string text) => $"\u001b[1m{text}{End}";
}
