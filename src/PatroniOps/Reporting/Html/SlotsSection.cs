using PatroniOps.Diagnosis;
using PatroniOps.Observing;

namespace PatroniOps.Reporting.Html;

/// <summary>Slots, those that are there beside those that should be, and archiving as the servers tell it.</summary>
internal static class SlotsSection
{
    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Line("<h3>Slots and archiving</h3>");
        if (report.Slots.Count == 0)
            html.Line("<p>There are no slots, and none is wanted.</p>");
        else
            Slots(html, report.Slots);
        using var table = new Table(html, "Archiving", "Member", "State", "Last archived", "#Waiting", "#Behind", "Detail");
        foreach (var status in report.Archiving)
            table.Row(status.Member, Badge.Of(status.IsHealthy, status.State.ToString()), status.LastArchivedWal ?? "", status.ReadyCount, status.LagBytes is { } lag ? Words.Bytes(lag) : "", status.Detail);
    }

    private static void Slots(HtmlWriter html, IReadOnlyList<PatroniSlot> slots)
    {
        using var table = new Table(html, "Slots", "Slot", "On", "Status", "Wanted for", "#restart_lsn", "#Retains", "wal_status");
        foreach (var slot in slots)
            table.Row(slot.SlotName, slot.Member, Of(slot), slot.ForMember ?? (slot.ExpectedBecause?.ToString() ?? ""), slot.RestartLsn, slot.RetainedBytes is { } bytes ? Words.Bytes(bytes) : null, slot.WalStatus ?? "");
    }

    private static HtmlFragment Of(PatroniSlot slot) => slot.Status switch
    {
        PatroniSlotStatus.Active or PatroniSlotStatus.Ignored or PatroniSlotStatus.Temporary => Badge.Good(slot.Status.ToString()),
        PatroniSlotStatus.Inactive when !slot.ShouldBeActive => Badge.Good("Inactive"),
        PatroniSlotStatus.Unknown => Badge.Unknown("Unknown"),
        PatroniSlotStatus.Lost or PatroniSlotStatus.Missing => Badge.Bad(slot.Status.ToString()),
        _ => Badge.Warn(slot.Status.ToString()),
    };
}
