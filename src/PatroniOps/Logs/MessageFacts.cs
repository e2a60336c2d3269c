using System.Globalization;
using System.Text.RegularExpressions;
using PatroniOps.Postgres;

namespace PatroniOps.Logs;

/// <summary>The names and numbers in a message, which stay as they are in every language.</summary>
/// <param name="Segment">The only WAL segment that is named bare, not as part of a path or in quotes, in a message without other numbers.</param>
/// <param name="Names">What stands in quotes of any style.</param>
/// <param name="Positions">WAL positions.</param>
/// <param name="Numbers">Other whole numbers.</param>
internal sealed record MessageFacts(string? Segment, IReadOnlyList<string> Names, IReadOnlyList<Lsn> Positions, IReadOnlyList<uint> Numbers)
{
    // The one of them that matches tells what it is; a path or a file name in quotes is a name.
    private static readonly Regex Tokens = new(
        """["»«„“”「『](?:[ \u00a0\u202f]?)(?<name>[^"»«„“”「」『』]{1,200}?)(?:[ \u00a0\u202f]?)["»«“”」』]|(?<![0-9A-Za-z_/.])(?<lsn>[0-9A-F]{1,8}/[0-9A-F]{1,8})(?![0-9A-Za-z_/])|(?<![0-9A-Za-z_/.])(?<segment>[0-9A-F]{24})(?![0-9A-Za-z_/.]*[0-9A-Za-z_/])|(?<![0-9A-Za-z_])(?<number>[0-9]{1,10})(?![0-9A-Za-z_])|(?<word>[0-9]+)""",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static MessageFacts Of(string message)
    {
        // What the other server said stands behind the last label inside the message.
        var text = StderrLogParser.Embedded(message) ?? message;
        text = text.Length > 2000 ? text[..2000] : text;
        List<string> names = [], segments = [];
        List<Lsn> positions = [];
        List<uint> numbers = [];
        var others = 0;
        foreach (Match match in Tokens.Matches(text))
        {
            if (match.Groups["name"] is { Success: true, Value: var name })
                names.Add(name);
            else if (match.Groups["lsn"] is { Success: true, Value: var lsn } && Lsn.TryParse(lsn, out var position))
                positions.Add(position);
            else if (match.Groups["segment"] is { Success: true, Value: var segment })
                segments.Add(segment);
            else if (uint.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                others++;
        }
        var alone = segments.Count == 1 && names.Count + positions.Count + numbers.Count + others == 0;
        return new MessageFacts(alone ? segments[0] : null, names, positions, numbers);
    }
}
