namespace PatroniOps.Archives.Layouts;

/// <summary>How a tool arranges an archive.</summary>
internal interface IArchiveLayout
{
    ArchiveKind Kind { get; }

    /// <summary>The folders that hold this layout's segments; null when the store has another layout.</summary>
    /// <param name="store">Where.</param>
    /// <param name="stanza">The stanza, or the server's name, where several share the place; null takes them all.</param>
    /// <param name="systemIdentifier">Chooses the database cluster where the layout tells; null takes them all.</param>
    /// <exception cref="Patroni.PatroniOpsException">It has this layout and cannot be read.</exception>
    IReadOnlyList<ArchiveRoot>? Roots(IArchiveStore store, string? stanza, string? systemIdentifier);

    /// <summary>Whether a file is the tool's own book-keeping, and neither WAL nor foreign.</summary>
    bool IsOwn(string fileName);
}
