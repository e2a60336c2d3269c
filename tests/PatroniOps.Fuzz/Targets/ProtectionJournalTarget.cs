using System.Text.Json;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Protection;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The journal of protections: whatever it says of a member is about a member and a slot that have names.</summary>
public sealed class ProtectionJournalTarget : IFuzzTarget
{
    private readonly ScratchFolder folder = new();
    private readonly ProtectionJournal journal;
    private readonly string file;
    private readonly LinesMutator mutator = new([], [.. Enum.GetValues<ProtectionEvent>().Select(Line)]);

    public ProtectionJournalTarget()
    {
        journal = new ProtectionJournal(folder.Path, "demo", "42");
        journal.Append(new ProtectionRecord { Member = "b", SlotName = "b" });
        file = Directory.EnumerateFiles(folder.Path, "*.jsonl", SearchOption.AllDirectories).Single();
    }

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        File.WriteAllBytes(file, input);
        try
        {
            var open = journal.Open();
            FuzzException.Require(open.All(r => r is { Member.Length: >= 0, SlotName.Length: >= 0 } && r.Event != ProtectionEvent.LetGo), "a protection of nobody");
            FuzzException.Require(open.DistinctBy(r => r.Member).Count() == open.Count, "a member twice");
            return open.Count > 0;
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.InvalidAnswer)
        {
            return false;
        }
    }

    private static string Line(ProtectionEvent what) => JsonSerializer.Serialize(
        new ProtectionRecord { Event = what, Member = "b", SlotName = "b", At = DateTimeOffset.UnixEpoch, Since = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddHours(1), MaximumBytes = 5000, Text = "over" },
        ProtectionJson.Default.ProtectionRecord);
}
