namespace PatroniOps.Retention;

/// <summary>What keeps WAL for a replica that is away, or sets an end to it.</summary>
public enum WalRetentionSourceKind : long
{
    /// <summary>wal_keep_size (wal_keep_segments before PostgreSQL 13): kept for anybody.</summary>
    WalKeepSize,

    /// <summary>The replica's slot, as long as nothing below ends it.</summary>
    Slot,

    /// <summary>max_slot_wal_keep_size: beyond it the slot is lost.</summary>
    SlotLimit,

    /// <summary>Free space for pg_wal: beyond it the primary stops.</summary>
    Disk,

    /// <summary>How long Patroni keeps an absent member's slot: member_slots_ttl, or the ttl before 4.0.</summary>
    MemberSlotsTtl,

    /// <summary>The WAL archive, for replicas that have a restore_command.</summary>
    Archive,
}
