using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>How long the upstream will keep the WAL that a replica needs.</summary>
/// <param name="For">The time left at the measured rate; zero: from the next checkpoint on; null: no limit or not known.</param>
/// <param name="By">What keeps it, in words.</param>
internal sealed record WalHold(TimeSpan? For, string By)
{
    public static WalHold Of(ReplicaLink link, Lsn needed, Lsn leader, ClusterSnapshot snapshot)
    {
        if (link.Upstream?.Postgres.Slots.IsKnown != true)
            return new WalHold(null, "not known: the upstream's slots were not read");
        return link.Slot is { RestartLsn: { } restart, WalStatus: not "lost" } slot && restart <= needed
            ? BySlot(link, slot, snapshot)
            : ByKeepSize(link, needed, leader, snapshot);
    }

    private static WalHold BySlot(ReplicaLink link, SlotRow slot, ClusterSnapshot snapshot)
    {
        var bySize = slot.SafeWalSize is { } safe ? Time(safe, snapshot) : null;
        var byTtl = UntilSlotIsDropped(link, snapshot);
        if (byTtl is { } time && (bySize is null || time < bySize))
            return new WalHold(time, $"slot {slot.Name}, which Patroni drops when the member stays away");
        return slot.SafeWalSize is null
            ? new WalHold(null, $"slot {slot.Name}, without a limit: it ends with the disk")
            : new WalHold(bySize, bySize is null
                ? $"slot {slot.Name} for {slot.SafeWalSize} more bytes of WAL; the rate is not known yet"
                : $"slot {slot.Name} within max_slot_wal_keep_size");
    }

    private static WalHold ByKeepSize(ReplicaLink link, Lsn needed, Lsn leader, ClusterSnapshot snapshot)
    {
        if (link.Upstream?.Postgres.Settings.Value?.WalKeepBytes is not { } keep)
            return new WalHold(null, "not known: no slot protects it and wal_keep_size was not read");
        var left = keep - (leader - needed);
        if (left <= 0)
            return new WalHold(TimeSpan.Zero, "nothing: no slot protects it and wal_keep_size is used up");
        var time = Time(left, snapshot);
        return new WalHold(time, time is null ? $"wal_keep_size for {left} more bytes of WAL; the rate is not known yet" : "wal_keep_size alone");
    }

    // Before 4.0 the slot goes with the member's key; later it is kept for member_slots_ttl.
    private static TimeSpan? UntilSlotIsDropped(ReplicaLink link, ClusterSnapshot snapshot)
    {
        if (!link.Replica.IsAbsent || link.Replica.Remembered is not { } remembered || snapshot.Configuration.Value is not { } configuration)
            return null;
        if (configuration.PermanentSlots.Any(s => s.Name == link.SlotName))
            return null;
        if (PatroniVersion.Parse(link.Upstream?.Patroni.Value?.PatroniVersion) is not { } version)
            return null;
        var kept = version.Major >= 4 ? configuration.MemberSlotsTtl : TimeSpan.Zero;
        var left = kept - (snapshot.TakenAt - remembered.LastListedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan? Time(long bytes, ClusterSnapshot snapshot)
    {
        if (bytes <= 0)
            return TimeSpan.Zero;
        return snapshot.WalBytesPerSecond is > 0 and var rate && bytes / rate < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(bytes / rate) : null;
    }
}
