using System.Text;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Journals;

namespace PatroniOps.Tests.Recovery;

public sealed class ReplicaRebuildJournalTests
{
    private static readonly RebuildJob Job = new()
    {
        Id = "0a1b2c3d", Cluster = "demo", Member = "b", SystemIdentifier = "42", DataDirectory = "/srv/pg/data", Source = "a",
        Uri = [new Uri("http://a:8008/")], Node = new NodeOptions(), Service = new ServiceOptions(),
    };

    /// <summary>What was written, and where it then stands.</summary>
    public static TheoryData<string, RebuildStatus, string?> Standings => new()
    {
        { "", RebuildStatus.Unfinished, null },
        { "Begun copy", RebuildStatus.Unfinished, "copy" },
        { "Begun copy, Done copy", RebuildStatus.Unfinished, null },
        { "Begun copy, Failed copy", RebuildStatus.Unfinished, "copy" },
        { "Begun copy, Done copy, Finished", RebuildStatus.Finished, null },
        { "Begun copy, Done copy, Finished, UndoBegun copy", RebuildStatus.Unfinished, "copy" },
        { "Begun copy, Done copy, Finished, UndoBegun copy, Undone copy", RebuildStatus.Unfinished, null },
        { "Begun copy, UndoBegun copy, Undone copy, RolledBack", RebuildStatus.RolledBack, null },
        { "Begun copy, Failed copy, UndoBegun copy, Undone copy, RolledBack", RebuildStatus.RolledBack, null },
        // Taken back in part, then resumed.
        { "Begun copy, Done copy, UndoBegun copy, Undone copy, Begun copy, Done copy, Finished", RebuildStatus.Finished, null },
    };

    /// <summary>What was written of one step; whether it is done; whether it may have changed something.</summary>
    public static TheoryData<string, bool, bool> Steps => new()
    {
        { "", false, false },
        { "Begun other, Done other", false, false },
        { "Begun copy", false, true },
        { "Begun copy, Stopped copy", false, true },
        { "Begun copy, Failed copy", false, true },
        { "Begun copy, Done copy", true, true },
        { "Begun copy, Done copy, Begun other, UndoBegun other, Undone other", true, true },
        { "Begun copy, Done copy, UndoBegun copy", false, true },
        { "Begun copy, Done copy, UndoBegun copy, Undone copy", false, false },
        { "Begun copy, Done copy, UndoBegun copy, Undone copy, Begun copy", false, true },
        { "Stopped copy", false, false },
    };

    [Theory]
    [MemberData(nameof(Standings))]
    public void Where_a_rebuild_stands_is_in_its_journal(string written, RebuildStatus status, string? stoppedIn)
    {
        var journal = Journal(written);

        Assert.Equal((status, stoppedIn), (journal.Status, journal.StoppedIn));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_is_done_until_it_is_taken_back_and_begun_until_it_is_gone(string written, bool isDone, bool hasBegun)
    {
        var journal = Journal(written);

        Assert.Equal((isDone, hasBegun), (journal.IsDone("copy"), journal.HasBegun("copy")));
    }

    [Fact]
    public void A_journal_that_was_cut_anywhere_holds_exactly_its_whole_lines()
    {
        var text = Text(Journal("Begun prepare, Done prepare, Begun copy, Failed copy"));
        for (var length = 0; length <= text.Length; length++)
        {
            var lines = text.AsSpan(0, length).Count((byte)'\n');
            if (lines == 0)
                Assert.Throws<PatroniOpsException>(() => ReplicaRebuildJournal.Parse(text.AsSpan(0, length), "cut"));
            else
                Assert.Equal(lines - 1, ReplicaRebuildJournal.Parse(text.AsSpan(0, length), "cut").Entries.Count);
        }
    }

    [Fact]
    public void A_journal_comes_back_as_it_was_written()
    {
        var journal = Journal("Begun copy, Failed copy") with { Job = Job with { MaximumRate = 2048, SoakTime = TimeSpan.FromSeconds(7), OldData = OldDataPolicy.Remove } };
        journal = journal with { Entries = [.. journal.Entries, new JournalEntry { Event = JournalEvent.Done, Step = "copy", Facts = new Dictionary<string, string> { ["new directory"] = "8:1", ["of"] = "ü\n\"" } }] };

        var read = ReplicaRebuildJournal.Parse(Text(journal), "whole");

        Assert.Equal((2048L, TimeSpan.FromSeconds(7), OldDataPolicy.Remove), (read.Job.MaximumRate!.Value, read.Job.SoakTime, read.Job.OldData));
        Assert.Equal(journal.Entries.Select(e => $"{e}"), read.Entries.Select(e => $"{e}"));
        Assert.Equal(journal.Facts(), read.Facts());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("{}\n")]
    [InlineData("no json\n")]
    [InlineData("null\n")]
    public void What_is_no_journal_is_refused(string text) =>
        Assert.Equal(FailureKind.InvalidAnswer, Assert.Throws<PatroniOpsException>(() => ReplicaRebuildJournal.Parse(Encoding.UTF8.GetBytes(text), "x")).Kind);

    [Theory]
    [InlineData("null")]
    [InlineData("""{"event": "Done", "facts": {"directory": null}}""")]
    public void A_line_that_says_nothing_is_no_journals(string line) =>
        Assert.Equal(FailureKind.InvalidAnswer, Assert.Throws<PatroniOpsException>(() => ReplicaRebuildJournal.Parse([.. ReplicaRebuildJournal.Line(Job), .. Encoding.UTF8.GetBytes($"{line}\n")], "x")).Kind);

    [Theory]
    [InlineData("\"systemIdentifier\":\"42\"", "\"systemIdentifier\":null")]
    [InlineData("\"source\":\"a\"", "\"source\":null")]
    [InlineData("\"http://a:8008/\"", "null")]
    [InlineData("\"stopCommand\":[]", "\"stopCommand\":[null]")]
    public void What_every_rebuild_has_is_there(string there, string missing)
    {
        var text = Encoding.UTF8.GetString(ReplicaRebuildJournal.Line(Job));
        Assert.Contains(there, text, StringComparison.Ordinal);
        Assert.Throws<PatroniOpsException>(() => ReplicaRebuildJournal.Parse(Encoding.UTF8.GetBytes(text.Replace(there, missing, StringComparison.Ordinal)), "x"));
    }

    [Fact]
    public void The_newest_value_of_a_fact_counts()
    {
        var journal = new ReplicaRebuildJournal(Job, [Learned("old"), Learned("new")]);

        Assert.Equal("new", journal.Facts()["directory"]);

        static JournalEntry Learned(string value) => new() { Event = JournalEvent.Done, Step = "prepare", Facts = new Dictionary<string, string> { ["directory"] = value } };
    }

    private static byte[] Text(ReplicaRebuildJournal journal) => [.. ReplicaRebuildJournal.Line(journal.Job), .. journal.Entries.SelectMany(ReplicaRebuildJournal.Line)];

    private static ReplicaRebuildJournal Journal(string written) => new(Job,
        [.. written.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split(' ')).Select(w => new JournalEntry { Event = Enum.Parse<JournalEvent>(w[0]), Step = w.ElementAtOrDefault(1) })]);
}
