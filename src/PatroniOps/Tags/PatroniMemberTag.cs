using PatroniOps.Patroni;

namespace PatroniOps.Tags;

/// <summary>A member's tags after a change of its patroni.yml, as Patroni itself shows them.</summary>
public sealed record PatroniMemberTag
{
    public Guid ConnectionId { get; init; }

    public required string Cluster { get; init; }

    public required string Member { get; init; }

    /// <summary>What was changed; empty when all was so already and nothing was written.</summary>
    public required IReadOnlyList<TagChange> Changes { get; init; }

    /// <summary>GET /patroni shows the tags so; false when it did not in time.</summary>
    public bool IsApplied { get; init; }

    /// <summary>All tags of the member as GET /patroni shows them; null when that was not read.</summary>
    public MemberTags? Tags { get; init; }

    /// <summary>The file on the member's node.</summary>
    public required string Path { get; init; }

    /// <summary>The file as it was, beside it; null when nothing was written.</summary>
    public string? BackupPath { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The call that takes the change back; null when nothing was changed.</summary>
    public string? UndoCommand { get; init; }
}
