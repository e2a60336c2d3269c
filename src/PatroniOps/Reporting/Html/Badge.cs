using PatroniOps.Diagnosis;
using PatroniOps.Observing;

namespace PatroniOps.Reporting.Html;

/// <summary>A word with a sign and a colour; the word alone tells it all.</summary>
internal static class Badge
{
    public static HtmlFragment Of(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => Good("Healthy"),
        Verdict.Degraded => Warn("Degraded"),
        Verdict.Unknown => Unknown("Unknown"),
        Verdict.PseudoHealthy => Bad("PseudoHealthy"),
        _ => Bad("Critical"),
    };

    public static HtmlFragment Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Info => New("info", "i", "Info"),
        FindingSeverity.Warning => Warn("Warning"),
        FindingSeverity.Unknown => Unknown("Unknown"),
        _ => Bad("Critical"),
    };

    public static HtmlFragment Of(ReplicationState state) => state switch
    {
        ReplicationState.Primary => Good("Primary"),
        ReplicationState.Streaming => Good("Streaming"),
        ReplicationState.CatchingUp => Warn("CatchingUp"),
        ReplicationState.Unknown => Unknown("Unknown"),
        _ => Bad(state.ToString()),
    };

    public static HtmlFragment Of(bool? isFine, string word) => isFine switch { true => Good(word), false => Bad(word), null => Unknown(word) };

    public static HtmlFragment Good(string word) => New("good", "✓", word);

    public static HtmlFragment Warn(string word) => New("warn", "!", word);

    public static HtmlFragment Bad(string word) => New("bad", "✕", word);

    /// <summary>More than a word: it may go on in the next line.</summary>
    public static HtmlFragment BadText(string text) => New("bad text", "✕", text);

    public static HtmlFragment Unknown(string word) => New("unknown", "?", word);

    private static HtmlFragment New(string kind, string sign, string word)
    {
        var html = new HtmlWriter();
        html.Write($"<span class=\"badge {kind}\"><span aria-hidden=\"true\">{sign}</span> {word}</span>");
        return new HtmlFragment(html.ToString().TrimEnd('\n'));
    }
}
