using System.Text;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A timeline's history file: its parents ascend, and printed they are read as the same.</summary>
public sealed class HistoryFileTarget : IFuzzTarget
{
    private const uint Timeline = 8;

    private readonly TextMutator mutator = new([Seeds.Text("00000002.history"), Seeds.Text("00000008.history")], ["\t", "1", "2", "7", "8", "0/4027B78"]);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        TimelineHistory history;
        try
        {
            history = TimelineHistory.ParseFile(Timeline, Encoding.UTF8.GetString(input));
        }
        catch (FormatException)
        {
            return false;
        }
        FuzzException.Require(history.Switches.Zip(history.Switches.Skip(1)).All(p => p.First.Timeline < p.Second.Timeline), "it does not ascend");
        FuzzException.Require(history.Switches.All(s => s.Timeline is > 0 and < Timeline && history.EndOf(s.Timeline) == s.Position && history.Contains(s.Timeline)), "a parent that is none");
        var printed = string.Join('\n', history.Switches.Select(s => $"{s.Timeline}\t{s.Position}\t{s.Reason}"));
        FuzzException.Require(TimelineHistory.ParseFile(Timeline, printed).Switches.SequenceEqual(history.Switches), "it is another when it is printed");
        foreach (var size in (long[])[1 << 20, WalSegment.DefaultSize, 1 << 30])
            FuzzException.Require(history.TimelineOfSegment(0, size) >= history.Switches[0].Timeline, "an older timeline than its first");
        return true;
    }
}
