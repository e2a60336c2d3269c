using System.Text;

namespace PatroniOps.Nodes;

/// <summary>Splits a simple shell line into its words: quotes and backslashes are understood, nothing is expanded.</summary>
public static class ShellWords
{
    /// <summary>The words; null when a quote is not closed, or the line does more than call one program.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c is '\'' or '"')
            {
                var end = line.IndexOf(c, i + 1);
                if (end < 0)
                    return null;
                (word ??= new()).Append(line.AsSpan(i + 1, end - i - 1));
                i = end;
            }
            else if (c == '\\' && i + 1 < line.Length)
            {
                (word ??= new()).Append(line[++i]);
            }
            else if (c is '|' or ';' or '&' or '<' or '>' or '$' or '`' or '(' or ')')
            {
                return null;
            }
            else if (char.IsWhiteSpace(c))
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
            }
            else
            {
                (word ??= new()).Append(c);
            }
        }
        if (word is not null)
            words.Add(word.ToString());
        return words;
    }
}
