using PatroniOps.Advice;
using PatroniOps.Diagnosis;
using PatroniOps.Observing;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Slots;

/// <summary>Which slots need repair, what repairs each, and whether that helps the member that waits. Pure.</summary>
public sealed class SlotRepairJudge
{
    private readonly ClusterSnapshot snapshot;
    private readonly Dictionary<string, WalAvailability> wal;

    private SlotRepairJudge(ClusterSnapshot snapshot)
    {
        this.snapshot = snapshot;
        wal = WalAvailabilityJudge.Judge(snapshot).DistinctBy(w => w.Member).ToDictionary(w => w.Member, StringComparer.Ordinal);
    }

    /// <summary>One entry a slot that is missing, lost, or there for nobody; healthy ones are left out, and so are those that were not read.</summary>
    /// <param name="snapshot">A fresh one.</param>
    /// <param name="keepsOrphans">Slots that no rule wants are made permanent in place of being dropped.</param>
    public static IReadOnlyList<SlotRepair> Judge(ClusterSnapshot snapshot, bool keepsOrphans = false)
    {
        var judge = new SlotRepairJudge(snapshot);
        return [.. SlotComparison.Compare(snapshot).Select(s => judge.Judge(s, keepsOrphans)).OfType<SlotRepair>()];
    }

    private SlotRepair? Judge(PatroniSlot slot, bool keepsOrphans) => slot.Status switch
    {
        PatroniSlotStatus.Missing => Missing(slot),
        PatroniSlotStatus.Lost when slot.ExpectedBecause is not null => Lost(slot),
        PatroniSlotStatus.Lost or PatroniSlotStatus.Unexpected when slot.IsActive == false => Unwanted(slot, keepsOrphans),
        _ => null,
    };

    private SlotRepair Missing(PatroniSlot slot)
    {
        if (slot.SlotType == "logical")
            return New(slot, SlotRepairKind.Missing, SlotRepairAction.None, "It is logical: Patroni makes it, and its consumer begins anew.");
        var node = snapshot.Members.First(m => m.Name == slot.Member);
        if (node.Postgres.Slots.Value is { } slots && node.Postgres.Settings.Value?.MaximumReplicationSlots is { } maximum && slots.Count >= maximum)
            return New(slot, SlotRepairKind.Missing, SlotRepairAction.None, $"All {maximum} slots on {slot.Member} are in use: drop one that nobody needs, or raise max_replication_slots.") with
            {
                NextCommand = $"Get-PatroniSlot -Cluster {PowerShellText.Quote(slot.Cluster)} -Member {PowerShellText.Quote(slot.Member)}",
            };
        return Helped(slot, New(slot, SlotRepairKind.Missing, SlotRepairAction.Create, "It is made with WAL reserved from the last checkpoint on."));
    }

    private SlotRepair Lost(PatroniSlot slot) => slot.SlotType == "logical"
        ? New(slot, SlotRepairKind.Lost, SlotRepairAction.None, "It is logical: its consumer must begin anew, and drops it itself.")
        : Helped(slot, New(slot, SlotRepairKind.Lost, SlotRepairAction.Recreate, "It keeps nothing and refuses every stream: it is dropped and made anew, with WAL reserved from the last checkpoint on."));

    // A slot keeps what is written from now on; what its member lacks already must be there without it.
    private SlotRepair Helped(PatroniSlot slot, SlotRepair repair)
    {
        if (slot.ForMember is not { } member || !slot.ShouldBeActive || wal.GetValueOrDefault(member) is not { } need)
            return repair;
        return need.Status switch
        {
            WalAvailabilityStatus.Streaming or WalAvailabilityStatus.CatchingUp or WalAvailabilityStatus.AvailableUpstream => repair with
            {
                DoesItHelp = true,
                Reason = $"{repair.Reason} {slot.Member} still has the WAL that {member} needs: it streams again.",
            },
            WalAvailabilityStatus.AvailableInArchive => repair with
            {
                DoesItHelp = need.IsAvailable,
                Reason = $"{repair.Reason} {slot.Member} has recycled the WAL that {member} needs; it comes from the archive first{(need.IsAvailable == true ? "" : ", for which it has no restore_command that is known")}.",
            },
            WalAvailabilityStatus.Unknown => repair with { Reason = $"{repair.Reason} Whether it helps {member} is not known: {need.Reason}" },
            _ => repair with
            {
                DoesItHelp = false,
                Reason = $"{repair.Reason} It does not help {member}: {need.Reason}",
                NextCommand = need.NextCommand,
            },
        };
    }

    private SlotRepair? Unwanted(PatroniSlot slot, bool keepsOrphans)
    {
        var owner = snapshot.Members.FirstOrDefault(m => SlotName.FromMember(m.Name) == slot.SlotName);
        // Of an absent member it is all that keeps the WAL for its return.
        if (owner is { IsAbsent: true })
            return null;
        var held = slot.Status == PatroniSlotStatus.Lost ? "It is lost and keeps nothing"
            : slot.RetainedBytes is { } bytes ? $"It keeps {Words.Bytes(bytes)} of WAL from {slot.RestartLsn} on" : "How much WAL it keeps is not known";
        if (owner is not null)
            return New(slot, SlotRepairKind.Misplaced, SlotRepairAction.Drop, $"{held}, for {owner.Name}, which does not stream from {slot.Member}.");
        if (!keepsOrphans || slot.Status == PatroniSlotStatus.Lost || slot.SlotType == "logical")
            return New(slot, SlotRepairKind.Orphan, SlotRepairAction.Drop, $"{held}, and no rule of Patroni's wants it: a consumer that comes back finds it gone.");
        return snapshot.Configuration.Value is { } configuration && slot.Member == snapshot.Leader?.Name
            ? New(slot, SlotRepairKind.Orphan, SlotRepairAction.MakePermanent, $"{held}; as a permanent slot it is kept by Patroni, without a limit unless max_slot_wal_keep_size sets one.") with
            {
                Command = $"{PermanentSlotsKey.Of(configuration)}.{slot.SlotName} = physical",
            }
            : New(slot, SlotRepairKind.Orphan, SlotRepairAction.None, $"{held}. Only a slot of the leader's is made permanent from here, and only where the configuration was read.");
    }

    private SlotRepair New(PatroniSlot slot, SlotRepairKind kind, SlotRepairAction action, string reason) => new()
    {
        ConnectionId = snapshot.ConnectionId,
        Cluster = slot.Cluster,
        Member = slot.Member,
        SlotName = slot.SlotName,
        ForMember = slot.ForMember ?? snapshot.Members.FirstOrDefault(m => SlotName.FromMember(m.Name) == slot.SlotName)?.Name,
        Kind = kind,
        Action = action,
        Reason = reason,
        Command = action is SlotRepairAction.None or SlotRepairAction.MakePermanent ? null : SlotSql.Text(action, slot.SlotName),
        RetainedBytes = slot.RetainedBytes,
        Evidence =
        [
            new("slot", slot.Status == PatroniSlotStatus.Missing ? "none" : $"{slot.SlotType}, {slot.WalStatus ?? "wal_status not known"}, restart_lsn {Text(slot.RestartLsn)}, active {slot.IsActive}", $"{slot.Member} pg_replication_slots"),
            new("expected because", slot.ExpectedBecause?.ToString() ?? "no rule", "Patroni's rules"),
        ],
    };

    private static string Text(Lsn? position) => position?.ToString() ?? "none";
}
