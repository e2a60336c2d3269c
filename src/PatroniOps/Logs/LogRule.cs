using System.Text.RegularExpressions;

namespace PatroniOps.Logs;

/// <summary>One message to recognise.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Anchor">
/// A fragment that every such message holds, the rarer the better: files are searched for it as bytes. ASCII without double quotes and
/// backslashes, because csvlog and jsonlog write those differently.
/// </param>
/// <param name="Pattern">
/// A regular expression on the message from its first character, so that a statement that quotes the message does not match. Named groups
/// slot, segment, lsn, timeline and system give what is extracted.
/// </param>
internal sealed record LogRule(LogEventKind Kind, string Anchor, string Pattern)
{
    private readonly Lazy<Regex> regex = new(() => new Regex(Expand(Pattern), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));

    /// <summary>The match of a message, or null.</summary>
    public Match? Match(string message) =>
        message.Contains(Anchor, StringComparison.Ordinal) && regex.Value.Match(message) is { Success: true } match ? match : null;

    // The words in angle brackets stand for what the messages have in common.
    private static string Expand(string pattern) => @"\A(?:" + pattern
        .Replace("<LSN>", "(?<lsn>[0-9A-F]{1,8}/[0-9A-F]{1,8})", StringComparison.Ordinal)
        .Replace("<TLI>", "(?<timeline>[0-9]{1,10})", StringComparison.Ordinal)
        .Replace("<SEG>", "(?<segment>[0-9A-F]{24})", StringComparison.Ordinal)
        .Replace("<SLOT>", "[\"'](?<slot>[^\"']+)[\"']", StringComparison.Ordinal) + ")";
}
