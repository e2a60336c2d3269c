using System.Text;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The journal of a rebuild: written again it says the same.</summary>
public sealed class RebuildJournalTarget : IFuzzTarget
{
    private static readonly RebuildJob Job = new()
    {
        Id = "0a1b2c3d", Cluster = "demo", Member = "b", Method = ReplicaRebuildMethod.BaseBackup, SystemIdentifier = "42", DataDirectory = "/srv/pg/data", Source = "a", MaximumRate = 1024,
        StartedAt = DateTimeOffset.UnixEpoch, SoakTime = TimeSpan.FromSeconds(30), PostmasterStart = DateTimeOffset.UnixEpoch, PatroniConfigPath = "/etc/patroni.yml",
        Uri = [new Uri("http://a:8008/"), new Uri("http://b:8008/")], Node = new NodeOptions { HostName = "b", Port = 22 }, Service = new ServiceOptions { Kind = ServiceKind.Commands, StopCommand = ["stop"], StartCommand = ["start", "x"] },
    };

    private static readonly JournalEntry[] Entries =
    [
        new() { Event = JournalEvent.Begun, Step = "copy", Facts = new Dictionary<string, string> { ["slot"] = "b", ["bytes"] = "1" } }, new() { Event = JournalEvent.Done, Step = "copy" },
        new() { Event = JournalEvent.Failed, Step = "switch", Text = "no space" }, new() { Event = JournalEvent.UndoBegun, Step = "copy" }, new() { Event = JournalEvent.Finished },
    ];

    private readonly LinesMutator mutator = new([Line(ReplicaRebuildJournal.Line(Job))], [.. Entries.Select(e => Line(ReplicaRebuildJournal.Line(e)))]);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        ReplicaRebuildJournal journal;
        try
        {
            journal = ReplicaRebuildJournal.Parse(input, "journal");
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.InvalidAnswer)
        {
            return false;
        }
        byte[] written = [.. ReplicaRebuildJournal.Line(journal.Job), .. journal.Entries.SelectMany(ReplicaRebuildJournal.Line)];
        FuzzException.Require(Said(ReplicaRebuildJournal.Parse(written, "again")) == Said(journal), "written again it says something else");
        return true;
    }

    // All that a resume or an undo asks it.
    private static string Said(ReplicaRebuildJournal journal)
    {
        var job = journal.Job;
        var facts = string.Join(',', journal.Facts().OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key.Length} {f.Value.Length}"));
        var addresses = string.Join(',', job.Uri.Select(u => u.OriginalString.Length));
        return $"{job} {job.NewDirectory} {job.OldArchive} {job.JournalDirectory} {job.Node} {job.Service} {addresses} {job.Service.StopCommand.Sum(w => w.Length)} {job.SoakTime} {journal.Status} {journal.StoppedIn} {journal.Text} {journal.IsDone("copy")} {journal.HasBegun("copy")} {facts} {string.Join(';', journal.Entries)}";
    }

    private static string Line(byte[] line) => Encoding.UTF8.GetString(line).TrimEnd('\n');
}
