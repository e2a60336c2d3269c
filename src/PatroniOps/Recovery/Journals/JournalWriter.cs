using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Recovery.Journals;

/// <summary>
/// Writes a journal ahead of what it tells: first here, so that this machine knows of whatever lies on a node, then there; each line is on disk
/// before the next thing is done.
/// </summary>
/// <param name="job">What the run is about.</param>
/// <param name="files">The node's; null for a method that does not look at the node: the journal is on this machine alone.</param>
/// <param name="store">This machine's journals.</param>
/// <param name="time">For the lines.</param>
internal sealed class JournalWriter(RebuildJob job, NodeFiles? files, JournalStore store, TimeProvider time)
{
    private readonly string here = store.PathFor(job.Id);
    private readonly string there = JournalStore.PathOnNode(job);

    // A line that did not reach the node may be there in part: the next one replaces the whole file.
    private bool isBehind;

    /// <summary>The journal as written so far.</summary>
    public ReplicaRebuildJournal Journal { get; private set; } = new(job, []);

    /// <summary>Begins a new journal.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            Append(ReplicaRebuildJournal.Line(job));
            if (files is not null)
                await files.MakeDirectoryAsync(job.JournalDirectory, "700", cancellationToken).ConfigureAwait(false);
            await SendAsync(ReplicaRebuildJournal.Line(job)).ConfigureAwait(false);
        }
        catch
        {
            // Nothing has begun: there is nothing to remember.
            File.Delete(here);
            throw;
        }
    }

    /// <summary>Goes on with the longer of the two copies; a crash between them leaves one a line behind.</summary>
    public async Task OpenAsync(ReplicaRebuildJournal known, CancellationToken cancellationToken)
    {
        Journal = known;
        if (files is null)
            return;
        await files.MakeDirectoryAsync(job.JournalDirectory, "700", cancellationToken).ConfigureAwait(false);
        var beside = (await JournalStore.ListAsync(files, job.DataDirectory, cancellationToken).ConfigureAwait(false)).FirstOrDefault(j => j.Id == job.Id);
        if (beside is not null && beside.Entries.Count > known.Entries.Count)
            Journal = beside;
        Replace(Whole());
        await files.WriteAsync(there, Whole(), "600", null, cancellationToken).ConfigureAwait(false);
    }

    public async Task AppendAsync(JournalEvent what, string? step = null, string? text = null, IReadOnlyDictionary<string, string>? facts = null)
    {
        var entry = new JournalEntry { At = time.GetUtcNow(), Event = what, Step = step, Text = text, Facts = facts ?? new Dictionary<string, string>() };
        Append(ReplicaRebuildJournal.Line(entry));
        Journal = Journal with { Entries = [.. Journal.Entries, entry] };
        await SendAsync(ReplicaRebuildJournal.Line(entry)).ConfigureAwait(false);
    }

    /// <summary>As <see cref="AppendAsync"/>, but a node that takes no line, for lack of space for instance, is no obstacle: this machine has it.</summary>
    public async Task AppendHereAtLeastAsync(JournalEvent what, string? step = null, string? text = null, IReadOnlyDictionary<string, string>? facts = null)
    {
        try
        {
            await AppendAsync(what, step, text, facts).ConfigureAwait(false);
        }
        catch (PatroniOpsException)
        {
            // The next line that gets through brings this one along.
        }
    }

    private byte[] Whole() => [.. ReplicaRebuildJournal.Line(job), .. Journal.Entries.SelectMany(ReplicaRebuildJournal.Line)];

    // Not cancellable: a step that was begun must be written down.
    private async Task SendAsync(byte[] line)
    {
        if (files is null)
            return;
        var wasBehind = isBehind;
        isBehind = true;
        await (wasBehind ? files.WriteAsync(there, Whole(), "600", null, CancellationToken.None) : files.AppendAsync(there, line, CancellationToken.None)).ConfigureAwait(false);
        isBehind = false;
    }

    private void Append(byte[] line)
    {
        using var stream = new FileStream(here, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(line);
        stream.Flush(flushToDisk: true);
    }

    private void Replace(byte[] whole)
    {
        var temporary = $"{here}.{Environment.ProcessId}";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            stream.Write(whole);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, here, overwrite: true);
    }
}
