using System.Text;

namespace PatroniOps.Fuzz.Mutation;

/// <summary>Files of JSON lines: journals. Lines with changes, torn ones, empty ones, and none.</summary>
/// <param name="first">Seeds of the first line; none: it is as the others.</param>
/// <param name="others">Seeds of the lines behind it.</param>
public sealed class LinesMutator(IReadOnlyList<string> first, IReadOnlyList<string> others)
{
    private static readonly string[] Odd = ["", "null", "[]", "{}", "1", "\"x\"", " ", "{", "\ufeff{}"];

    private readonly JsonMutator? head = first.Count > 0 ? new JsonMutator(first) : null;
    private readonly JsonMutator lines = new(others);

    public byte[] Make(FuzzRandom random)
    {
        var text = new StringBuilder();
        // The first line is mostly as it was written: without it the others are not read.
        if (head is not null && random.OneIn(3))
            head.Write(text, random);
        else if (head is not null)
            text.Append(random.Pick(first));
        text.Append(head is null ? "" : "\n");
        for (var times = random.Below(6); times > 0; times--)
        {
            if (random.OneIn(30))
                text.Append(random.Pick(Odd));
            else if (random.OneIn(2))
                text.Append(random.Pick(others));
            else
                lines.Write(text, random);
            text.Append(random.OneIn(40) ? "\r\n" : "\n");
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.OneIn(8) ? bytes[..random.Below(bytes.Length + 1)] : random.OneIn(20) ? ByteMutator.Change(bytes, random) : bytes;
    }
}
