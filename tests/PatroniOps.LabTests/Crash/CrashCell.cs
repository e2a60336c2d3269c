using System.Diagnostics;
using PatroniOps.Crash;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Reinitializations;

namespace PatroniOps.LabTests.Crash;

/// <summary>One crash and what comes after it, on a member that streams afterwards, while a client writes.</summary>
internal sealed class CrashCell(LabCluster lab, CrashOptions options, CrashWay way)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "patroniops-crash");

    private readonly LabMember member = lab.Member(options.Member);

    public async Task RunAsync()
    {
        var before = Inode(member.DataDirectory);
        await using var writer = Writer.Start(lab);

        var (exitCode, said) = await CrashAsync();
        var journals = new JournalStore(Connections.StateFolder.Path);
        var journal = journals.List()[0];
        Assert.Equal(member.Name, journal.Member);
        // 137: SIGKILL. A tool whose member is killed goes on, or says why it cannot.
        Assert.True(options.Target == CrashTarget.Node ? exitCode is 0 or 1 : exitCode == 137 || EndedFirst(journal), $"patroniops-crash ended with {exitCode}: {said}");

        if (options.Method != ReplicaRebuildMethod.Reinitialize)
            await LockIsFreeAsync();
        if (options.Target == CrashTarget.Machine)
            await ComeUpAsync();
        using var session = ModuleSession.Connect(lab);
        if (way == CrashWay.Undo)
            session.One<ReplicaRebuildJournal>($"Undo-ReplicaRebuild {journal.Id} -Confirm:$false");
        else if (journal.Status == RebuildStatus.Unfinished)
            Resume(session, journal);

        var after = journals.Find(journal.Id)!;
        var isRestored = way == CrashWay.Undo || journal.Status == RebuildStatus.RolledBack || (MayNotBeSent && after.Status == RebuildStatus.RolledBack);
        Assert.Equal(isRestored ? RebuildStatus.RolledBack : RebuildStatus.Finished, after.Status);
        // A service manager starts what was killed.
        if (options.Target == CrashTarget.Node && member.Patroni is null)
            member.Start();
        await lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        await writer.AllRowsAreOnAsync(await lab.TheLeaderAsync(), member);
        NothingIsLeft(after, isRestored, before);
        Tidy(after);
    }

    private void Resume(ModuleSession session, ReplicaRebuildJournal journal)
    {
        var script = $"Invoke-ReplicaRebuild -Resume {journal.Id} -Confirm:$false";
        if (!MayNotBeSent)
        {
            session.One<ReplicaRebuildResult>(script);
            return;
        }
        var answer = session.Invoke(script);
        Assert.True(answer.Errors.Count > 0 || options.Point != CrashPoint.Begun, "The call was not sent, and -Resume ended with success.");
        if (answer.Errors.Count > 0)
            Assert.Contains("did not reach Patroni", answer.OnlyError().Text, StringComparison.Ordinal);
    }

    // Patroni's reinitialize is called once or not at all: where the crash came first, -Resume finds that out and leaves the member as it is.
    private bool MayNotBeSent => options is { Method: ReplicaRebuildMethod.Reinitialize, Target: CrashTarget.Tool, Point: not CrashPoint.Done } && options.Step == Reinitializer.Steps[0];

    // A machine starts Patroni when it comes up again, and that clones where it finds no data, or runs PostgreSQL on what it finds: a member that
    // has diverged may not start.
    private Task<string?> ComeUpAsync()
    {
        member.Start();
        return Eventually.ReadAsync(LabFacts.HealthyAgain, async () =>
        {
            try
            {
                return (string?)(await member.Rest.GetAsync("/patroni"))["state"];
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }, state => state is "running" or "start failed");
    }

    private async Task<(int ExitCode, string Said)> CrashAsync()
    {
        var start = new ProcessStartInfo(Program, options.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, $"{await error} {await output}");
    }

    // The last step may be over before a crash midway comes.
    private bool EndedFirst(ReplicaRebuildJournal journal) => options.Point == CrashPoint.Midway && journal.Status == RebuildStatus.Finished;

    // The lock dies with its holder, who ends when the tool's end of a pipe is gone.
    private Task<int> LockIsFreeAsync() => Eventually.ReadAsync(TimeSpan.FromSeconds(30), async () =>
    {
        using var process = Process.Start("flock", ["--nonblock", $"{member.DataDirectory}.patroniops.lock", "true"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }, exitCode => exitCode == 0);

    private void NothingIsLeft(ReplicaRebuildJournal journal, bool isRestored, string before)
    {
        var job = journal.Job;
        if (options.Method == ReplicaRebuildMethod.Reinitialize)
        {
            if (isRestored)
                Assert.Equal(before, Inode(member.DataDirectory));
            return;
        }
        Assert.Equal([$"{job.Id}.jsonl"], Directory.EnumerateFileSystemEntries(job.JournalDirectory, $"{job.Id}*").Select(p => Path.GetFileName(p)));
        Assert.Empty(Directory.EnumerateFiles(job.JournalDirectory, "*pgpass*"));
        if (!RebuildMethods.IsUndoable(options.Method))
            return;
        if (isRestored)
        {
            Assert.Equal(before, Inode(member.DataDirectory));
            Assert.False(Directory.Exists(job.OldDirectory));
            // What was the member's data for a while is kept for a look; what never was is removed.
            Assert.Equal(journal.Entries.Any(e => e is { Step: "put-in-place", Event: JournalEvent.Done }), Directory.Exists(job.NewDirectory));
        }
        else
        {
            Assert.NotEqual(before, Inode(member.DataDirectory));
            Assert.Equal(before, Inode(job.OldDirectory));
            Assert.False(Directory.Exists(job.NewDirectory));
        }
    }

    private void Tidy(ReplicaRebuildJournal journal)
    {
        foreach (var directory in Directory.EnumerateDirectories(Path.GetDirectoryName(member.DataDirectory)!, $"data.patroniops-*{journal.Id}*"))
            Directory.Delete(directory, recursive: true);
    }

    private static string Inode(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", "%d:%i", path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
