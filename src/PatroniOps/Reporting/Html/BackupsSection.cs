using PatroniOps.Backups;
using PatroniOps.Diagnosis;

namespace PatroniOps.Reporting.Html;

/// <summary>Backups, and when each was last restored for a test.</summary>
internal static class BackupsSection
{
    public static void Write(HtmlWriter html, ClusterReport report)
    {
        html.Line("<h3>Backups</h3>");
        if (report.Backups is not { } backups)
        {
            html.Write($"<p>Unknown: no backups were given. Give those of {Command.Of("Get-PatroniBackup")} with {Command.Of("-Backup")}.</p>");
            return;
        }
        if (backups.Count == 0)
        {
            html.Line("<p>None of the backups that were given is of this cluster.</p>");
            return;
        }
        using var table = new Table(html, "Backups", "Label", "Tool", "Type", "Status", "Ended", "#Size", "Last restore test that passed");
        foreach (var backup in backups)
            table.Row(backup.Label, backup.Kind, backup.Type, backup.Status == BackupStatus.Complete ? Badge.Good("Complete") : Badge.Warn(backup.Status.ToString()), backup.StoppedAt?.ToString("u"),
                backup.Bytes is { } bytes ? Words.Bytes(bytes) : null, backup.VerifiedAt is { } at ? Badge.Good(at.ToString("u")) : Badge.Warn("never on this machine"));
    }
}
