using PatroniOps.Nodes;

namespace PatroniOps.Recovery.Journals;

/// <summary>Writes a journal ahead of what it tells: first on the node, then here; each line is on disk before the next thing is done.</summary>
internal sealed class JournalWriter(RebuildJob job, NodeFiles files, JournalStore store, TimeProvider time)
{
    private readonly string here = store.PathFor(job.Id);
    private readonly string there = JournalStore.PathOnNode(job);

    /// <summary>The journal as written so far.</summary>
    public ReplicaRebuildJournal Journal { get; private set; } = new(job, []);

    /// <summary>Begins a new journal.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await files.MakeDirectoryAsync(job.JournalDirectory, "700", cancellationToken).ConfigureAwait(false);
        await WriteAsync(ReplicaRebuildJournal.Line(job)).ConfigureAwait(false);
    }

    /// <summary>Goes on with the longer of the two copies; a crash between them leaves one a line behind.</summary>
    public async Task OpenAsync(ReplicaRebuildJournal known, CancellationToken cancellationToken)
    {
        await files.MakeDirectoryAsync(job.JournalDirectory, "700", cancellationToken).ConfigureAwait(false);
        var beside = (await JournalStore.ListAsync(files, job.DataDirectory, cancellationToken).ConfigureAwait(false)).FirstOrDefault(j => j.Id == job.Id);
        Journal = beside is not null && beside.Entries.Count > known.Entries.Count ? beside : known;
        byte[] whole = [.. ReplicaRebuildJournal.Line(job), .. Journal.Entries.SelectMany(ReplicaRebuildJournal.Line)];
        await files.WriteAsync(there, whole, "600", null, cancellationToken).ConfigureAwait(false);
        Replace(whole);
    }

    public async Task AppendAsync(JournalEvent what, string? step = null, string? text = null, IReadOnlyDictionary<string, string>? facts = null)
    {
        var entry = new JournalEntry { At = time.GetUtcNow(), Event = what, Step = step, Text = text, Facts = facts ?? new Dictionary<string, string>() };
        await WriteAsync(ReplicaRebuildJournal.Line(entry)).ConfigureAwait(false);
        Journal = Journal with { Entries = [.. Journal.Entries, entry] };
    }

    // Not cancellable: a step that was begun must be written down.
    private async Task WriteAsync(byte[] line)
    {
        await files.AppendAsync(there, line, CancellationToken.None).ConfigureAwait(false);
        using var stream = new FileStream(here, FileMode.Append, FileAccess.Write, FileShare.Read);
        await stream.WriteAsync(line).ConfigureAwait(false);
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
