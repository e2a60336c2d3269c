namespace PatroniOps.Lab;

/// <summary>Where the WAL is archived.</summary>
/// <param name="Path">The plain directory or the pgBackRest repository; null without an archive.</param>
/// <param name="Stanza">The pgBackRest stanza.</param>
public sealed record LabArchive(ArchiveKind Kind, string? Path, string? Stanza);
