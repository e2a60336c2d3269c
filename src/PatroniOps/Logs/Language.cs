using System.Buffers;
using System.Text;

namespace PatroniOps.Logs;

/// <summary>Tells whether a message is certainly not English.</summary>
internal static class Language
{
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'`«»„“”‘’\ufffd");
    private static readonly string[] UserText = ["statement:", "execute ", "duration:", "parse ", "bind ", "fastpath"];

    /// <summary>
    /// True when the message's own words, before any quoted name, have letters that English does not. Statements that the server logs are the
    /// user's text and tell nothing.
    /// </summary>
    public static bool IsForeign(string message)
    {
        var own = message.AsSpan(0, Math.Min(message.Length, 200));
        if (Ascii.IsValid(own))
            return false;
        if (UserText.Any(t => message.StartsWith(t, StringComparison.Ordinal)))
            return false;
        var quote = own.IndexOfAny(Quotes);
        if (quote >= 0)
            own = own[..quote];
        foreach (var c in own)
            if (c > 0x7f && char.IsLetter(c))
                return true;
        return false;
    }
}
