using PatroniOps.Nodes;
using PatroniOps.Patroni;

namespace PatroniOps.Recovery.Journals;

/// <summary>The journals that this machine keeps, in its state folder.</summary>
/// <param name="folder">The state folder.</param>
public sealed class JournalStore(string folder)
{
    private const string Extension = ".jsonl";

    private string Folder => Path.Combine(folder, "journals");

    /// <summary>All journals that can be read, the newest first.</summary>
    public IReadOnlyList<ReplicaRebuildJournal> List()
    {
        if (!Directory.Exists(Folder))
            return [];
        var journals = new List<ReplicaRebuildJournal>();
        foreach (var file in Directory.EnumerateFiles(Folder, $"*{Extension}"))
        {
            try
            {
                journals.Add(ReplicaRebuildJournal.Parse(File.ReadAllBytes(file), file));
            }
            catch (PatroniOpsException)
            {
                // A crash before the first line was whole: nothing had been done.
            }
        }
        return [.. journals.OrderByDescending(j => j.StartedAt)];
    }

    /// <summary>One journal; null when this machine has none of that id.</summary>
    public ReplicaRebuildJournal? Find(string id) => List().FirstOrDefault(j => j.Id == id);

    /// <summary>Journals that lie beside a data directory on its node.</summary>
    public static async Task<IReadOnlyList<ReplicaRebuildJournal>> ListAsync(NodeFiles files, string dataDirectory, CancellationToken cancellationToken)
    {
        var journals = new List<ReplicaRebuildJournal>();
        var beside = RebuildJob.FolderBeside(dataDirectory);
        foreach (var name in (await files.ListAsync(beside, cancellationToken).ConfigureAwait(false)).Where(n => n.EndsWith(Extension, StringComparison.Ordinal)))
        {
            var path = PathOf.Join(beside, name);
            try
            {
                if (await files.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } text)
                    journals.Add(ReplicaRebuildJournal.Parse(text, path));
            }
            catch (PatroniOpsException e) when (e.Kind == FailureKind.InvalidAnswer)
            {
                // As above.
            }
        }
        return [.. journals.OrderByDescending(j => j.StartedAt)];
    }

    internal string PathFor(string id)
    {
        Directory.CreateDirectory(Folder);
        return Path.Combine(Folder, id + Extension);
    }

    internal static string PathOnNode(RebuildJob job) => PathOf.Join(job.JournalDirectory, job.Id + Extension);
}
