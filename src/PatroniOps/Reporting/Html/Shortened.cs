namespace PatroniOps.Reporting.Html;

/// <summary>Text for a place in a picture that has so much room; the whole of it stands in a table.</summary>
internal static class Shortened
{
    public static string To(string text, int length) => text.Length <= length ? text : text[..((length / 2) - 1)] + "…" + text[^((length - 1) / 2)..];
}
