using PatroniOps.Nodes;

namespace PatroniOps.Recovery.Steps;

/// <summary>A directory of the data that lies elsewhere and is linked: pg_wal, or a tablespace.</summary>
/// <param name="Link">The link's path in the data directory, such as <c>pg_tblspc/16400</c>.</param>
/// <param name="Target">Where it leads when the data is in use.</param>
internal sealed record LinkedDirectory(string Link, string Target)
{
    private const string Prefix = "link ";

    public string NewTarget(RebuildContext context) => $"{Target}.patroniops-new-{context.Job.Id}";

    public string OldTarget(RebuildContext context) => $"{Target}.patroniops-old-{context.Job.Id}";

    /// <summary>Those that the facts of a rebuild name.</summary>
    public static IReadOnlyList<LinkedDirectory> Of(RebuildContext context) =>
        [.. context.Facts.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new LinkedDirectory(f.Key[Prefix.Length..], f.Value))];

    public void Remember(RebuildContext context) => context.Facts[Prefix + Link] = Target;

    /// <summary>The links that a data directory has.</summary>
    public static async Task<IReadOnlyList<LinkedDirectory>> FindAsync(NodeFiles files, string dataDirectory, CancellationToken cancellationToken)
    {
        var found = new List<LinkedDirectory>();
        var tablespaces = await files.ListAsync(PathOf.Join(dataDirectory, "pg_tblspc"), cancellationToken).ConfigureAwait(false);
        foreach (var link in (string[])["pg_wal", .. tablespaces.Select(t => $"pg_tblspc/{t}")])
        {
            var path = PathOf.Join(dataDirectory, link);
            if ((await files.FindAsync(path, cancellationToken).ConfigureAwait(false))?.IsLink == true && await files.ResolveAsync(path, cancellationToken).ConfigureAwait(false) is { } target)
                found.Add(new LinkedDirectory(link, target));
        }
        return found;
    }
}
