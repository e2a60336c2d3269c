using System.Text;

namespace PatroniOps.Fuzz.Mutation;

/// <summary>Changes texts of lines and words: a word becomes another, lines go, double, move, run together or are cut off.</summary>
/// <param name="seeds">Real texts.</param>
/// <param name="words">Words of the format.</param>
/// <param name="most">So many lines of a text, from anywhere in it; null: all.</param>
public sealed class TextMutator(IEnumerable<string> seeds, IEnumerable<string> words, int? most = null)
{
    private readonly string[][] texts = [.. seeds.Select(s => s.Split('\n'))];
    private readonly string[] words = [.. words, .. HostileText.Words];

    public byte[] Make(FuzzRandom random)
    {
        var text = random.Pick(texts);
        var first = most is null ? 0 : random.Below(text.Length);
        var lines = text.Skip(first).Take(most ?? text.Length).ToList();
        for (var times = random.Below(6); times > 0; times--)
            Change(lines, random);
        var bytes = Encoding.UTF8.GetBytes(string.Join(random.OneIn(20) ? "\r\n" : "\n", lines));
        return random.OneIn(8) ? ByteMutator.Change(bytes, random) : bytes;
    }

    private void Change(List<string> lines, FuzzRandom random)
    {
        var at = random.Below(lines.Count);
        switch (random.Below(10))
        {
            case 0 when lines.Count > 1:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[random.Below(lines.Count)]);
                break;
            case 2:
                lines.Insert(at, random.Pick(random.Pick(texts)));
                break;
            case 3:
                lines[at] = lines[at][..random.Below(lines[at].Length + 1)];
                break;
            case 4:
                lines[at] = random.Pick(words) + lines[at];
                break;
            case 5:
                lines[at] += random.Pick(words);
                break;
            case 6 when at + 1 < lines.Count:
                lines[at] += lines[at + 1];
                lines.RemoveAt(at + 1);
                break;
            default:
                lines[at] = Replaced(lines[at], random);
                break;
        }
    }

    // A run of letters and digits, or a run of what stands between.
    private string Replaced(string line, FuzzRandom random)
    {
        if (line.Length == 0)
            return random.Pick(words);
        int from = random.Below(line.Length), to = from;
        var isWord = IsWord(line[from]);
        while (from > 0 && IsWord(line[from - 1]) == isWord)
            from--;
        while (to < line.Length && IsWord(line[to]) == isWord)
            to++;
        return string.Concat(line.AsSpan(0, from), random.Pick(words), line.AsSpan(to));
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/';
}
