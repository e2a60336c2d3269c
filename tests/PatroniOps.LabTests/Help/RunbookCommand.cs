using System.Text.RegularExpressions;

namespace PatroniOps.LabTests.Help;

/// <summary>A command of the runbook that is not the module's own: psql, what is said to it, patronictl, curl.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="IsSuperuser">It needs more than pg_monitor, and the page says so or it is a repair.</param>
internal sealed partial record RunbookCommand(string Text, bool IsSuperuser)
{
    // What logs and servers say, and words of others.
    private static readonly string[] NoCommands =
    [
        "running", "check", "-c", "-WhatIf", "-Permanent", "; true", "redo in progress", "incorrect prev-link", "invalid resource manager ID", "all replication slots are in use", "replication slot ... does not exist",
        "requested WAL segment ... has already been removed", "new timeline ... forked off current database system timeline ... before current recovery point", "pg_last_wal_replay_lsn()", "pg_current_wal_lsn()", "No space left on device", "data.patroniops-old-*", "watchdog: mode: required",
    ];

    private static readonly Dictionary<string, string> Unrun = new()
    {
        ["ps"] = "it looks", ["df"] = "it looks", ["ls -l /dev/watchdog"] = "the lab has no watchdog", ["modprobe softdog"] = "the kernel's", ["chronyc tracking"] = "the lab has one clock",
        ["systemctl status patroni"] = "the lab starts Patroni without systemd", ["systemctl start patroni"] = "as above", ["systemctl restart patroni"] = "as above",
        ["kill PID"] = "the scenarios do it", ["timeout 60 ..."] = "a pattern", ["pg_ctl stop -m fast"] = "the scenarios do it", ["etcdctl endpoint health"] = "etcd's client need not be installed",
        ["pgbackrest info"] = "PgBackRestTests ask it", ["REINDEX DATABASE"] = "a name", ["patronictl reinit CLUSTER MEMBER"] = "it deletes: demo.sh and WalRemovedTests do the same through the cmdlet",
        ["patronictl edit-config -p restore_command='...'"] = "it asks: RestoreCommandRepairTests change the same through the cmdlet",
    };

    // Repairs, and what the page says needs a superuser.
    private static readonly string[] Superusers = ["pg_wal_replay_resume", "pg_terminate_backend", "pg_cancel_backend", "pg_create_physical_replication_slot", "ALTER ", "GRANT ", "REINDEX "];

    private static readonly string[] Beginnings = ["psql ", "patronictl ", "curl ", "SELECT ", "SHOW ", "ALTER ", "GRANT ", "REINDEX "];

    /// <summary>Everything that has a reason not to be run, or is no command.</summary>
    public static IEnumerable<string> Named => Unrun.Keys.Concat(NoCommands);

    /// <summary>All that stands between backticks in the runbook.</summary>
    public static IReadOnlyList<string> Spans() =>
        [.. Span().Matches(File.ReadAllText(Path.Combine(DocumentedBlock.Root, "docs", "en-US", "about_PatroniOps_Incidents.md"))).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>The module's own: the unit tests look whether cmdlet and parameters exist.</summary>
    public static bool IsCmdlet(string span) => Cmdlet().IsMatch(span);

    public static bool IsNoCommand(string span) => NoCommands.Contains(span);

    public static bool IsUnrun(string span) => Unrun.ContainsKey(span);

    /// <summary>Null when it is none that can be run here.</summary>
    public static RunbookCommand? Of(string span) =>
        Beginnings.Any(b => span.StartsWith(b, StringComparison.Ordinal)) && !IsUnrun(span) ? new RunbookCommand(span, Superusers.Any(s => span.Contains(s, StringComparison.Ordinal))) : null;

    public static IEnumerable<RunbookCommand> All() => Spans().Select(Of).OfType<RunbookCommand>();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex("^[A-Z][a-z]+-[A-Z][A-Za-z]+")]
    private static partial Regex Cmdlet();
}
