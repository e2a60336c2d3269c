using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Retention;

/// <summary>The sources one by one. Pure.</summary>
internal sealed class RetentionSources(ClusterSnapshot snapshot, WalRate rate, FreeDisk disk)
{
    private readonly ServerSettings? settings = snapshot.Leader?.Postgres.Settings.Value;
    private readonly SlotLifetime lifetime = SlotLifetime.Of(snapshot);

    /// <summary>In the order of the kinds.</summary>
    public IReadOnlyList<WalRetentionSource> All()
    {
        var limit = SlotLimit();
        var free = Disk();
        var ttl = MemberSlotsTtl();
        return [WalKeepSize(), Slot(ttl, limit, free), limit, free, ttl, new ArchiveRetention(snapshot, rate).Source()];
    }

    private string NotRead(string setting) => snapshot.Leader is { } leader
        ? $"{setting} was not read on {leader.Name}{(leader.Postgres.Settings.Reason is { } reason ? $": {reason}" : ".")}"
        : $"{setting} was not read: the leader is not known.";

    private WalRetentionSource WalKeepSize()
    {
        const WalRetentionSourceKind Kind = WalRetentionSourceKind.WalKeepSize;
        if (snapshot.Leader is not { } leader || (leader.Postgres.State.Value?.Version ?? leader.Patroni.Value?.ServerVersion) is not { } version)
            return Unknown(Kind, "PostgreSQL's version on the leader was not read.");
        var name = WalKeep.NameFor(version);
        return settings is null || WalKeep.Bytes(settings, version, snapshot.WalSegmentSize) is not { } bytes
            ? Unknown(Kind, NotRead(name))
            : OfBytes(Kind, bytes, $"{name} keeps {Words.Bytes(bytes)} for anybody.");
    }

    private WalRetentionSource SlotLimit()
    {
        const WalRetentionSourceKind Kind = WalRetentionSourceKind.SlotLimit;
        if (snapshot.Leader?.Postgres.State.Value?.Version < 130000)
            return new WalRetentionSource { Source = Kind, IsUnlimited = true, Detail = "PostgreSQL before 13 has no limit for slots." };
        if (settings?.Number("max_slot_wal_keep_size") is not { } megabytes)
            return Unknown(Kind, NotRead("max_slot_wal_keep_size"));
        return megabytes < 0
            ? new WalRetentionSource { Source = Kind, IsUnlimited = true, Detail = "max_slot_wal_keep_size is -1: a slot retains until the disk is full." }
            : OfBytes(Kind, megabytes << 20, $"Beyond max_slot_wal_keep_size, {Words.Bytes(megabytes << 20)}, a slot is lost.");
    }

    private WalRetentionSource Disk()
    {
        const WalRetentionSourceKind Kind = WalRetentionSourceKind.Disk;
        if (snapshot.Leader is not { } leader)
            return Unknown(Kind, "The leader is not known.");
        return disk.Of(leader.Name) is { } free
            ? OfBytes(Kind, free, $"{Words.Bytes(free)} are free on {leader.Name}; when they are used up, the primary stops.")
            : Unknown(Kind, $"SQL does not tell the free disk on {leader.Name}. Connect with -Node, or give -FreeDisk.");
    }

    private WalRetentionSource MemberSlotsTtl()
    {
        const WalRetentionSourceKind Kind = WalRetentionSourceKind.MemberSlotsTtl;
        return lifetime.IsKnown
            ? new WalRetentionSource { Source = Kind, IsUnlimited = lifetime.IsForever, SurvivableFor = lifetime.Time, Detail = lifetime.Detail }
            : Unknown(Kind, lifetime.Detail);
    }

    // A slot lasts until the first of its ends. An end that is not known leaves it unknown, unless a known one surely comes at once.
    private static WalRetentionSource Slot(WalRetentionSource ttl, WalRetentionSource limit, WalRetentionSource disk)
    {
        const WalRetentionSourceKind Kind = WalRetentionSourceKind.Slot;
        var ends = new[] { ttl, limit, disk };
        if (ends.FirstOrDefault(e => e.SurvivableFor == TimeSpan.Zero) is { } none)
            return new WalRetentionSource { Source = Kind, SurvivableFor = TimeSpan.Zero, Detail = none.Detail };
        if (ends.FirstOrDefault(e => e.Unknown is not null) is { } open)
            return Unknown(Kind, $"{(ttl.SurvivableFor is { } time ? $"At most {Words.Duration(time)}. " : "")}{open.Source} is not known: {open.Unknown}");
        return ends.Where(e => e.SurvivableFor is not null).MinBy(e => e.SurvivableFor) is { } first
            ? new WalRetentionSource { Source = Kind, SurvivableFor = first.SurvivableFor, Bytes = first.Bytes, Detail = $"{first.Source} ends it: {first.Detail}" }
            : new WalRetentionSource { Source = Kind, IsUnlimited = true, Detail = "Nothing ends it." };
    }

    private WalRetentionSource OfBytes(WalRetentionSourceKind kind, long bytes, string detail) => new()
    {
        Source = kind,
        Bytes = bytes,
        SurvivableFor = bytes == 0 ? TimeSpan.Zero : rate.TimeFor(bytes),
        Detail = detail,
        Unknown = bytes == 0 ? null : rate.Useless,
    };

    internal static WalRetentionSource Unknown(WalRetentionSourceKind kind, string why) => new() { Source = kind, Detail = "Not known.", Unknown = why };
}
