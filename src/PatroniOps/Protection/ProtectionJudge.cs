using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Retention;
using PatroniOps.Snapshots;

namespace PatroniOps.Protection;

/// <summary>Go or no-go: whether a permanent slot brings a member over an outage. Pure.</summary>
/// <remarks>Sources: Patroni, patroni/dcs/__init__.py (permanent slots), PostgreSQL, runtime-config-replication.html.</remarks>
public sealed class ProtectionJudge
{
    private static readonly Version PermanentEverywhere = new(3, 2, 0);

    private readonly ProtectionRequest request;
    private readonly ClusterSnapshot snapshot;
    private readonly WalRate rate;
    private readonly MemberSnapshot? member;
    private readonly MemberSnapshot? leader;
    private readonly long? need;

    private ProtectionJudge(ProtectionRequest request, ClusterSnapshot snapshot, WalRate rate)
    {
        this.request = request;
        this.snapshot = snapshot;
        this.rate = rate;
        member = snapshot.Members.FirstOrDefault(m => m.Name == request.Member);
        leader = snapshot.Leader;
        need = rate.BytesIn(request.For) is { } bytes ? (long)Math.Min(bytes, long.MaxValue / 2d) : null;
    }

    /// <param name="request">What is asked for.</param>
    /// <param name="snapshot">A fresh one.</param>
    /// <param name="rate">How fast the leader writes.</param>
    public static (PatroniProtection Answer, IReadOnlyList<ProtectionCheck> Checks) Judge(ProtectionRequest request, ClusterSnapshot snapshot, WalRate rate)
    {
        var judge = new ProtectionJudge(request, snapshot, rate);
        var checks = judge.Checks();
        var slot = SlotName.FromMember(request.Member);
        var open = checks.Where(c => c.HasPassed != true).OrderBy(c => c.HasPassed is null).ToList();
        var answer = new PatroniProtection
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Member = request.Member,
            SlotName = slot,
            Until = snapshot.TakenAt + request.For,
            MaximumBytes = request.MaximumBytes,
            NeededBytes = judge.need,
            RetainedBytes = Retained(slot, snapshot),
            IsGo = checks.Any(c => c.HasPassed == false) ? false : open.Count > 0 ? null : true,
            Reason = open.Count == 0
                ? $"Slot {slot} keeps the WAL of {Words.Duration(request.For)}, {Words.Bytes(judge.need!.Value)} at {rate}."
                : string.Join(" ", open.Select(c => c.HasPassed == false ? c.Text : $"Not known: {c.Text}")),
            Evidence = [.. checks.Select(c => new Evidence(c.Name, c.HasPassed is null ? $"unknown: {c.Text}" : c.Text, c.HasPassed == false ? "no-go" : c.HasPassed == true ? "go" : "not known"))],
        };
        return (answer, checks);
    }

    /// <summary>What the leader keeps for a slot now; null when not known.</summary>
    public static long? Retained(string slot, ClusterSnapshot snapshot) => snapshot.Leader is { } leader
        ? SlotComparison.Compare(snapshot).FirstOrDefault(s => s.Member == leader.Name && s.SlotName == slot)?.RetainedBytes
        : null;

    private List<ProtectionCheck> Checks()
    {
        var replica = Replica();
        // Of what is no replica nothing else can be said.
        return replica.HasPassed != true ? [replica] : [replica, Slots(), Name(), Upstream(), Wal(), FreeSlot(), FreeSender(), KeepSize(), Limit(), Disk()];
    }

    private ProtectionCheck Replica()
    {
        const string name = "it is a replica";
        return member is null ? new(name, snapshot.View.IsKnown ? false : null, snapshot.View.IsKnown ? $"{request.Member} is no member of the cluster." : $"the members: {snapshot.View.Reason}", true)
            : leader is null ? new(name, null, $"{snapshot.NoLeader}.", true)
            : member.IsLeader ? new(name, false, $"{member.Name} leads: switch over first.", true)
            : new(name, true, $"{member.Name} is a replica.", true);
    }

    private ProtectionCheck Slots()
    {
        const string name = "Patroni keeps permanent slots";
        return snapshot.Configuration.Value is not { } configuration ? new(name, null, $"the configuration was not read: {snapshot.Configuration.Reason}", true)
            : !configuration.UseSlots ? new(name, false, "use_slots is false: Patroni keeps no slots, permanent ones neither.", true)
            : new(name, true, "use_slots is on.", true);
    }

    private ProtectionCheck Name()
    {
        const string name = "the slot's name is its own";
        var slot = SlotName.FromMember(request.Member);
        if (snapshot.Members.FirstOrDefault(m => m != member && SlotName.FromMember(m.Name) == slot) is { } other)
            return new(name, false, $"{other.Name} has the same slot name {slot}.");
        return snapshot.Configuration.Value?.PermanentSlots.Any(s => s.Name == slot && s.IsLogical) == true
            ? new(name, false, $"{slot} is a permanent logical slot.")
            : new(name, true, $"{slot} is of {request.Member} alone.");
    }

    // Before 3.2 only the leader keeps permanent slots.
    private ProtectionCheck Upstream()
    {
        const string name = "the slot is where it streams from";
        var link = ReplicaLink.Of(member!, snapshot);
        if (link.Upstream == leader)
            return new(name, true, $"{member!.Name} streams from the leader.");
        return PatroniVersion.Parse(link.Upstream?.Patroni.Value?.PatroniVersion) is not { } version
            ? new(name, null, $"{member!.Name} streams from {link.Upstream?.Name ?? "an unknown node"}, and whether Patroni there keeps permanent slots was not read.")
            : version >= PermanentEverywhere
                ? new(name, true, $"{member!.Name} streams from {link.Upstream!.Name}, whose Patroni {version} keeps permanent slots too.")
                : new(name, false, $"{member!.Name} streams from {link.Upstream!.Name}; Patroni {version} keeps permanent slots on the leader only.");
    }

    private ProtectionCheck Wal()
    {
        const string name = "its WAL is there now";
        var wal = WalAvailabilityJudge.Judge(snapshot).First(w => w.Member == request.Member);
        bool? isThere = wal.Status switch
        {
            WalAvailabilityStatus.Streaming or WalAvailabilityStatus.CatchingUp or WalAvailabilityStatus.AvailableUpstream or WalAvailabilityStatus.AvailableInArchive => true,
            WalAvailabilityStatus.Unknown => wal.IsSlotProtecting,
            _ => false,
        };
        return new(name, isThere, isThere == false ? $"It does not come back now either: {wal.Reason}" : wal.Reason);
    }

    private ProtectionCheck FreeSlot()
    {
        const string name = "a slot is there or free";
        var slot = SlotName.FromMember(request.Member);
        if (leader!.Postgres.Slots.Value is not { } slots)
            return new(name, null, $"the slots of {leader.Name} were not read: {leader.Postgres.Slots.Reason}");
        if (slots.Any(s => s.Name == slot))
            return new(name, true, $"{slot} is there on {leader.Name}.");
        return leader.Postgres.Settings.Value?.MaximumReplicationSlots is not { } maximum
            ? new(name, null, $"max_replication_slots of {leader.Name} was not read: {leader.Postgres.Settings.Reason}")
            : new(name, slots.Count < maximum, $"{slots.Count} of {maximum} slots on {leader.Name} are in use.");
    }

    private ProtectionCheck FreeSender()
    {
        const string name = "a walsender is free for its return";
        if (leader!.Postgres.Senders.Value is not { } senders || leader.Postgres.Settings.Value?.MaximumWalSenders is not { } maximum)
            return new(name, null, $"the walsenders of {leader.Name} were not read: {leader.Postgres.Senders.Reason ?? leader.Postgres.Settings.Reason}");
        var own = senders.Any(s => s.ApplicationName == request.Member);
        return new(name, own || senders.Count < maximum, $"{senders.Count} of {maximum} walsenders on {leader.Name} are in use{(own ? ", one of them by it" : "")}.");
    }

    private ProtectionCheck KeepSize()
    {
        const string name = "max_slot_wal_keep_size holds so long";
        if (leader!.Postgres.State.Value?.Version < 130000)
            return new(name, true, "PostgreSQL before 13 has no limit for slots.");
        if (leader.Postgres.Settings.Value is not { } settings || settings.Number("max_slot_wal_keep_size") is not { } megabytes)
            return new(name, null, $"max_slot_wal_keep_size of {leader.Name} was not read: {leader.Postgres.Settings.Reason}");
        if (megabytes < 0)
            return new(name, true, "max_slot_wal_keep_size is -1: no limit.");
        // What wal_keep_size keeps stays beyond the slot's own limit.
        var kept = Math.Max(megabytes << 20, settings.WalKeepBytes ?? 0);
        return need is not { } bytes
            ? new(name, null, $"whether {Words.Bytes(kept)} (max_slot_wal_keep_size) last {Words.Duration(request.For)}: {rate.Useless}")
            : new(name, bytes <= kept, $"{Words.Duration(request.For)} need {Words.Bytes(bytes)} at {rate}; beyond {Words.Bytes(kept)} (max_slot_wal_keep_size) the slot is lost{(rate.TimeFor(kept) is { } time ? $", after {Words.Duration(time)}" : "")}.");
    }

    private ProtectionCheck Limit()
    {
        const string name = "the limit holds so long";
        if (request.MaximumBytes is not { } maximum)
            return new(name, true, "No limit was given: the slot keeps WAL until it is let go.");
        return need is not { } bytes
            ? new(name, null, $"whether the limit of {Words.Bytes(maximum)} lasts {Words.Duration(request.For)}: {rate.Useless}")
            : new(name, bytes <= maximum, $"{Words.Duration(request.For)} need {Words.Bytes(bytes)} at {rate}; at {Words.Bytes(maximum)} it is let go.");
    }

    private ProtectionCheck Disk()
    {
        const string name = "the disk holds so much";
        if (request.Disk.Of(leader!.Name) is not { } free)
            return new(name, null, $"the free disk on {leader.Name}, which SQL does not tell: give -FreeDisk.");
        // Nobody stops before the limit: a disk that is smaller is full first.
        var most = request.MaximumBytes is { } limit && need is { } needed ? Math.Min(limit, needed) : request.MaximumBytes ?? need;
        return most is not { } bytes
            ? new(name, null, $"whether {Words.Bytes(free)} free on {leader.Name} last {Words.Duration(request.For)}: {rate.Useless}")
            : new(name, bytes <= free, $"Up to {Words.Bytes(bytes)} are kept, {Words.Bytes(free)} are free on {leader.Name}{(bytes <= free ? "" : ": the primary would stop")}.");
    }
}
