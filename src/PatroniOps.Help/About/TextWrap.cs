using System.Globalization;
using System.Text;

namespace PatroniOps.Help.About;

/// <summary>Breaks text into lines of a console. A wide character takes two columns, and a line may end behind each of them.</summary>
internal static class TextWrap
{
    // What must not begin a line, and what must not end one.
    private const string Closing = "，。；：、！？）」』》”’,.;:!?)";
    private const string Opening = "（「『《“‘";

    /// <summary>The columns that a text takes.</summary>
    public static int WidthOf(string text) => text.EnumerateRunes().Sum(r => IsWide(r) ? 2 : 1);

    /// <summary>The lines; those after the first are indented as an item of a list is.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var hanging = new string(' ', Bullet(text));
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in Words(text))
        {
            var wide = WidthOf(word.TrimEnd());
            if (used > hanging.Length && used + wide > width)
            {
                yield return line.ToString().TrimEnd();
                line.Clear().Append(hanging);
                used = hanging.Length;
            }
            line.Append(word);
            used += WidthOf(word);
        }
        yield return line.ToString().TrimEnd();
    }

    // "- ", "12. " and code's own indentation.
    private static int Bullet(string text)
    {
        var start = text.Length - text.TrimStart().Length;
        var rest = text[start..];
        if (rest.StartsWith("- ", StringComparison.Ordinal))
            return start + 2;
        var digits = rest.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && rest[digits..].StartsWith(". ", StringComparison.Ordinal) ? start + digits + 2 : start;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var isWide = IsWide(element.EnumerateRunes().First());
            if (word.Length > 0 && !Closing.Contains(element, StringComparison.Ordinal) && element != " " && MayEnd(word, isWide))
            {
                yield return word.ToString();
                word.Clear();
            }
            word.Append(element);
        }
        if (word.Length > 0)
            yield return word.ToString();
    }

    private static bool MayEnd(StringBuilder word, bool isWideNext) => word[^1] == ' '
        ? !string.IsNullOrWhiteSpace(word.ToString())
        : !Opening.Contains(word[^1], StringComparison.Ordinal) && (isWideNext || IsWide(word.ToString().EnumerateRunes().Last()));

    // East Asian Width W and F, as far as this help uses them.
    private static bool IsWide(Rune rune) => rune.Value is >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60;
}
