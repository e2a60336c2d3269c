using System.Text;
using System.Text.Json;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.Journals;

/// <summary>The journal of one rebuild, as it was read: what it is about and what has happened.</summary>
/// <param name="Job">The first line.</param>
/// <param name="Entries">The others, in order.</param>
public sealed record ReplicaRebuildJournal(RebuildJob Job, IReadOnlyList<JournalEntry> Entries)
{
    public string Id => Job.Id;

    public string Cluster => Job.Cluster;

    public string Member => Job.Member;

    public ReplicaRebuildMethod Method => Job.Method;

    public DateTimeOffset StartedAt => Job.StartedAt;

    public RebuildStatus Status => Entries.LastOrDefault(e => e.Event is JournalEvent.Finished or JournalEvent.RolledBack or JournalEvent.Begun or JournalEvent.UndoBegun)?.Event switch
    {
        JournalEvent.Finished => RebuildStatus.Finished,
        JournalEvent.RolledBack => RebuildStatus.RolledBack,
        _ => RebuildStatus.Unfinished,
    };

    /// <summary>The step that was begun last and is not done; null when there is none.</summary>
    public string? StoppedIn => Entries.LastOrDefault(e => e.Step is not null) is { Event: JournalEvent.Begun or JournalEvent.Failed or JournalEvent.UndoBegun } last ? last.Step : null;

    /// <summary>Why it stopped, where that was written.</summary>
    public string? Text => Entries.LastOrDefault(e => e.Text is not null)?.Text;

    /// <summary>Whether the step was done, and not taken back since.</summary>
    public bool IsDone(string step) => Entries.LastOrDefault(e => e.Step == step && e.Event is JournalEvent.Done or JournalEvent.UndoBegun or JournalEvent.Undone) is { Event: JournalEvent.Done } last && last.Step == step;

    /// <summary>Whether the step may have changed something.</summary>
    public bool HasBegun(string step) => Entries.LastOrDefault(e => e.Step == step && e.Event is JournalEvent.Begun or JournalEvent.Undone)?.Event == JournalEvent.Begun;

    /// <summary>The newest value of each fact.</summary>
    public Dictionary<string, string> Facts()
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Entries.SelectMany(e => e.Facts))
            facts[key] = value;
        return facts;
    }

    internal static byte[] Line(RebuildJob job) => Line(JsonSerializer.SerializeToUtf8Bytes(job, JournalJson.Default.RebuildJob));

    internal static byte[] Line(JournalEntry entry) => Line(JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry));

    /// <summary>Reads a journal. A last line that a crash cut off counts as not written.</summary>
    /// <exception cref="PatroniOpsException">It is no journal.</exception>
    internal static ReplicaRebuildJournal Parse(ReadOnlySpan<byte> text, string source)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n');
        // What is behind the last line feed is a line that was not finished.
        var whole = lines[..^1];
        try
        {
            var job = whole.Length == 0 ? null : JsonSerializer.Deserialize(whole[0], JournalJson.Default.RebuildJob);
            if (job is null || SnapshotValidation.FirstNull(job) is not null)
                throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: not a journal of a rebuild.");
            return new ReplicaRebuildJournal(job, [.. whole.Skip(1).Where(l => l.Length > 0).Select(Entry)]);
        }
        catch (JsonException e)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{source}: not a journal of a rebuild: {e.Message}", e);
        }
    }

    private static JournalEntry Entry(string line) => JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry) is { } entry && SnapshotValidation.FirstNull(entry) is null
        ? entry
        : throw new JsonException("a line does not say what happened");

    private static byte[] Line(byte[] json) => [.. json, (byte)'\n'];
}
