using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>Judges a replica that does not stream by the places that still have what it needs.</summary>
internal static class WalSourcing
{
    /// <summary>Beyond the loops in which Patroni creates a slot, a replica's own retry of 5 s.</summary>
    private static readonly TimeSpan ReceiverRetry = TimeSpan.FromSeconds(5);

    public static WalAvailability Judge(WalAvailability result, ReplicaLink link, WalNeed need, ClusterSnapshot snapshot)
    {
        var size = snapshot.WalSegmentSize;
        if (!need.IsUpstreamRead)
            return UpstreamNotRead(result, link);
        if (need.NotUpstream.IsEmpty)
            return Upstream(result, link, snapshot);
        if (need.NotByItself.IsEmpty)
            return InArchive(result, link, WalNeed.NameOf(need.NotUpstream.First, size));
        result = result with
        {
            FirstMissingSegment = WalNeed.NameOf(need.NotByItself.First, size),
            MissingBytes = need.NotByItself.Count * size,
        };
        return need.Nowhere.IsEmpty ? OnAnotherMember(result, need) : Gone(result, link, need);
    }

    /// <summary>The command that shows all ways back for the member, the cheapest safe one chosen.</summary>
    public static string Plan(WalAvailability result) =>
        $"Get-ReplicaRecoveryPlan -Cluster {PowerShellText.Quote(result.Cluster)} -Member {PowerShellText.Quote(result.Member)}";

    // What is missing is a fraction of a rebuild.
    private static string Restore(WalAvailability result) =>
        $"Restore-ReplicaWal -Cluster {PowerShellText.Quote(result.Cluster)} -Member {PowerShellText.Quote(result.Member)} -WhatIf";

    private static WalAvailability UpstreamNotRead(WalAvailability result, ReplicaLink link)
    {
        var why = link.Upstream!.Postgres.Wal.Reason ?? "its position or timeline is not known.";
        return result with { Reason = $"{result.Member} is not known to stream, and the WAL on {result.Upstream} was not read: {why}" };
    }

    private static WalAvailability Upstream(WalAvailability result, ReplicaLink link, ClusterSnapshot snapshot)
    {
        result = result with { Status = WalAvailabilityStatus.AvailableUpstream };
        var loop = snapshot.Configuration.Value?.LoopWait ?? TimeSpan.FromSeconds(10);
        var grace = (2 * loop) + ReceiverRetry;
        var isYoung = (Shorter(ReplicationCheck.UpFor(link.Replica, snapshot), ReplicationCheck.ServingFor(link.Upstream!, snapshot)) ?? TimeSpan.MaxValue) < grace;
        var known = $"{result.Upstream} still has the WAL from {result.NeededSegment} on";
        if (link.Slot is { WalStatus: "lost" })
            return result with { IsAvailable = false, Reason = $"{known}, but slot {result.SlotName} is lost: the stream through it is refused.", NextCommand = SlotCommand(result, "Repair") };
        if (ReplicationCheck.IsStreaming(link, snapshot) is null)
            return result with { IsAvailable = null, Reason = $"{known}; whether {result.Member} streams was not readable from both ends." };
        if (link.SlotHolder is { } holder)
            return result with { IsAvailable = false, Reason = $"{known}, but slot {result.SlotName} is held by {holder}, whose name becomes the same slot name.", NextCommand = SlotCommand(result, "Get") };
        if (link.Replica.IsAbsent && link.Slot is null)
            return result with { IsAvailable = null, Reason = $"{known}, yet {result.Member} is not in the cluster's list, and Patroni keeps no slot for it until it is: see why its Patroni does not enter it." };
        if (isYoung)
            return result with { IsAvailable = true, Reason = $"{known}; {(link.Slot is null ? $"slot {result.SlotName} does not exist yet, Patroni creates it within a loop of {loop.TotalSeconds:0} s" : $"{result.Member} has just come up or back and connects within {ReceiverRetry.TotalSeconds:0} s")}." };
        if (link.Slot is null && link.Upstream!.Postgres.Slots.IsKnown)
            return result with { IsAvailable = false, Reason = $"{known}, but slot {result.SlotName} is missing there for longer than the {grace.TotalSeconds:0} s in which Patroni creates it: dropped by hand, slots exhausted, or not wanted by the configuration.", NextCommand = SlotCommand(result, "Repair") };
        return result with { IsAvailable = null, Reason = $"{known}, yet {result.Member} does not stream: refused credentials, no free walsender, or a connection that has just broken. Look again, then into its PostgreSQL log.", NextCommand = $"Test-WalAvailability -Cluster {PowerShellText.Quote(result.Cluster)} -Member {PowerShellText.Quote(result.Member)} -Probe" };
    }

    private static WalAvailability InArchive(WalAvailability result, ReplicaLink link, string? first)
    {
        var restores = link.Replica.Postgres.Settings.Value?.RestoreCommand is { } command ? command.Length > 0 : (bool?)null;
        var known = $"{result.Upstream} has recycled what {result.Member} needs, the archive is complete from {first} on";
        return result with
        {
            Status = WalAvailabilityStatus.AvailableInArchive,
            IsAvailable = restores,
            Reason = restores switch
            {
                true => $"{known} and it has a restore_command.",
                false => $"{known}, but {result.Member} has no restore_command and never asks for it.",
                null => $"{known}; whether {result.Member} has a restore_command was not read.",
            },
            NextCommand = restores == false ? Restore(result) : null,
        };
    }

    private static WalAvailability OnAnotherMember(WalAvailability result, WalNeed need)
    {
        var holders = need.Sources.Where(s => s.Kind == WalSourceKind.Member && s.SegmentCount > 0).Select(s => s.Name);
        return result with
        {
            Status = WalAvailabilityStatus.OnAnotherMember,
            IsAvailable = false,
            Reason = $"{result.Member} needs {result.FirstMissingSegment}, which {result.Upstream} has recycled; it is still on {string.Join(", ", holders)}. The member does not fetch it from there by itself.",
            NextCommand = Restore(result),
        };
    }

    private static WalAvailability Gone(WalAvailability result, ReplicaLink link, WalNeed need)
    {
        var cannotAsk = link.Replica.Postgres.Settings.Value?.RestoreCommand is "";
        var unread = need.Sources.Where(s => s.Unknown is not null).Select(s => s.Name).ToList();
        var fact = $"{result.Member} needs {result.FirstMissingSegment}, which {result.Upstream} has removed";
        if (need.AreArchivesRead && need.AreMembersRead)
            return result with
            {
                Status = WalAvailabilityStatus.Missing,
                IsAvailable = false,
                Reason = $"{fact}; no other member and no archive has it. It will never catch up by itself.",
                NextCommand = Plan(result),
            };
        return result with
        {
            IsAvailable = need.AreArchivesRead || cannotAsk ? false : null,
            Reason = $"{fact}; not read: {string.Join(", ", unread)}.",
            NextCommand = Plan(result),
        };
    }

    private static string SlotCommand(WalAvailability result, string verb) =>
        $"{verb}-PatroniSlot -Cluster {PowerShellText.Quote(result.Cluster)} -SlotName {PowerShellText.Quote(result.SlotName!)}";

    private static TimeSpan? Shorter(TimeSpan? left, TimeSpan? right) => left is null ? right : right is null || left < right ? left : right;
}
