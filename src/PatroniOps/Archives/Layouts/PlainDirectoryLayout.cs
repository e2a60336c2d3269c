namespace PatroniOps.Archives.Layouts;

/// <summary>Segment files in one directory, perhaps compressed, as archive_command left them. Whatever is no other layout is this one.</summary>
internal sealed class PlainDirectoryLayout : IArchiveLayout
{
    public ArchiveKind Kind => ArchiveKind.Directory;

    public IReadOnlyList<ArchiveRoot> Roots(IArchiveStore store, string? stanza, string? systemIdentifier) => [new("", HasSegmentFolders: false)];

    public bool IsOwn(string fileName) => false;
}
