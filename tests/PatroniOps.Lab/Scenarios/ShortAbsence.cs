namespace PatroniOps.Lab.Scenarios;

/// <summary>
/// A member's absence without the wait for the ttl: what Patroni does to the slot (drop it, and make it again at the present position) is done by hand.
/// </summary>
internal static class ShortAbsence
{
    /// <summary>Stops the member, drops its slot and removes the WAL that it needs from all others; returns the segment that it needs.</summary>
    public static async Task<string> LoseWalAsync(LabCluster cluster, LabMember leader, LabMember victim, CancellationToken cancellationToken)
    {
        await victim.StopAsync(cancellationToken);
        await DropSlotAsync(leader, victim, cancellationToken);
        var needed = await WalPressure.CurrentSegmentAsync(leader, cancellationToken);
        // A replica that streams from the one that is away cannot get on either: it does not count.
        var others = cluster.Members.Where(member => member == leader || (member != victim && cluster.FollowsLeader(member))).ToList();
        await WalPressure.RemoveAsync(leader, others, needed, cluster.Options.StartTimeout, cancellationToken);
        return needed;
    }

    public static async Task ReturnAsync(LabCluster cluster, LabMember leader, LabMember victim, CancellationToken cancellationToken)
    {
        await LabObjects.CreateSlotsAsync(leader, [victim], cancellationToken);
        await Absence.EndAsync(cluster, victim, cancellationToken);
    }

    /// <summary>Drops the slot, once it is let go.</summary>
    public static Task DropSlotAsync(LabMember leader, LabMember victim, CancellationToken cancellationToken) => Poll.UntilAsync(
        $"slot {victim.SlotName} to be dropped",
        TimeSpan.FromSeconds(20),
        async token =>
        {
            await leader.ExecuteAsync(
                $"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{victim.SlotName}' AND NOT active", token);
            return await Absence.HasSlotAsync(leader, victim, token) ? "it is active" : null;
        },
        cancellationToken);

    /// <summary>Ends the replica's stream; it connects again at once if it can.</summary>
    public static Task CutAsync(LabMember leader, LabMember victim, CancellationToken cancellationToken) => leader.ExecuteAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE application_name = '{victim.Name}'", cancellationToken);
}
