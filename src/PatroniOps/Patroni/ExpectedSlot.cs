namespace PatroniOps.Patroni;

/// <summary>Why a node should have a slot.</summary>
public enum SlotReason : long
{
    /// <summary>A member streams from this node, or would after a failover (4.0 and later keep those slots everywhere).</summary>
    Member,

    /// <summary>A member names this node in its <c>replicatefrom</c> tag.</summary>
    ReplicateFrom,

    /// <summary>The dynamic configuration lists it.</summary>
    Permanent,

    /// <summary>A member that is absent, whose slot is kept for <c>member_slots_ttl</c> (4.0 and later).</summary>
    Retained,
}

/// <summary>A slot that Patroni's rules want on a node.</summary>
/// <param name="Name">The slot's name.</param>
/// <param name="Reason">Why it is wanted.</param>
/// <param name="ForMember">The member that it serves; null for a permanent slot that serves none.</param>
/// <param name="IsLogical">Logical, not physical.</param>
/// <param name="ShouldBeActive">True when that member is meant to stream from this very node now.</param>
public sealed record ExpectedSlot(string Name, SlotReason Reason, string? ForMember, bool IsLogical, bool ShouldBeActive);
