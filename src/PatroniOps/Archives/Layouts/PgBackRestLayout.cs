using System.Text;
using PatroniOps.Patroni;

namespace PatroniOps.Archives.Layouts;

/// <summary><c>archive/STANZA/VERSION-ID/FIRST16/NAME-SHA1.EXTENSION</c> of a repository: the repository or one stanza's folder.</summary>
/// <remarks>Sources: pgBackRest, src/command/archive/common.h, src/info/infoArchive.c.</remarks>
internal sealed class PgBackRestLayout : IArchiveLayout
{
    private const string Info = "archive.info";

    public ArchiveKind Kind => ArchiveKind.PgBackRest;

    public IReadOnlyList<ArchiveRoot>? Roots(IArchiveStore store, string? stanza, string? systemIdentifier)
    {
        if (store.Find(Info) is not null)
            return [.. Ids(store, "", systemIdentifier)];
        var all = store.Folders("archive").Where(s => store.Find($"archive/{s}/{Info}") is not null).ToList();
        if (all.Count == 0)
            return null;
        if (stanza is not null && !all.Contains(stanza))
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{store.Location} has no stanza {stanza}. It has {string.Join(", ", all)}.");
        return [.. all.Where(s => stanza is null || s == stanza).SelectMany(s => Ids(store, $"archive/{s}", systemIdentifier))];
    }

    public bool IsOwn(string fileName) => fileName.StartsWith(Info, StringComparison.Ordinal) || fileName.EndsWith(".pgbackrest.tmp", StringComparison.Ordinal);

    private static IEnumerable<ArchiveRoot> Ids(IArchiveStore store, string folder, string? systemIdentifier)
    {
        var wanted = HistoryIds(store, folder.Length == 0 ? Info : $"{folder}/{Info}", systemIdentifier);
        return store.Folders(folder).Where(id => wanted is null || wanted.Contains(id))
            .Select(id => new ArchiveRoot(folder.Length == 0 ? id : $"{folder}/{id}", HasSegmentFolders: true));
    }

    // [db:history] of archive.info: 1={"db-id":7711053807678862945,"db-version":"15"}. Null: all of them are wanted.
    private static HashSet<string>? HistoryIds(IArchiveStore store, string info, string? systemIdentifier)
    {
        using var reader = new StreamReader(store.Open(info), Encoding.UTF8);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var isFirst = true; reader.ReadLine() is { } line; isFirst = false)
        {
            if (isFirst && line.StartsWith("Salted__", StringComparison.Ordinal))
                throw new PatroniOpsException(FailureKind.Refused, $"{store.Location}: the repository is encrypted, only pgbackrest itself can read it: give -PgBackRestConfigPath.");
            var equals = line.IndexOf("={", StringComparison.Ordinal);
            if (systemIdentifier is null || equals < 1 || !line.Contains("db-version", StringComparison.Ordinal))
                continue;
            var entry = Json.Parse(line[(equals + 1)..]);
            if (Json.Scalar(entry, "db-id") == systemIdentifier)
                ids.Add($"{Json.Text(entry, "db-version")}-{line[..equals]}");
        }
        return systemIdentifier is null ? null : ids;
    }
}
