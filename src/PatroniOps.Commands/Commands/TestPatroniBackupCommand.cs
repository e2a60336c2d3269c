using System.Management.Automation;
using PatroniOps.Archives;
using PatroniOps.Archives.Tools;
using PatroniOps.Backups;
using PatroniOps.Connections;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>
/// Test-PatroniBackup: age, WAL and recovery window of backups; with -Restore the real test: restored by its own tool into a directory of its own,
/// recovered by a server of its own, checked, and removed.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PatroniBackup", SupportsShouldProcess = true)]
[OutputType(typeof(PatroniBackupTest), typeof(bool))]
public sealed class TestPatroniBackupCommand : RepositoryCmdlet
{
    private bool isAllSound = true;
    private bool isAnyTested;

    /// <summary>Backups from Get-PatroniBackup. Without them, and without -Label, the newest at -Path is tested.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PatroniBackup[]? InputObject { get; set; }

    /// <summary>The oldest that the backup may be.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? MaximumAge { get; set; }

    /// <summary>How far back every moment is to be reachable: tests the whole repository's recovery window.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Retention { get; set; }

    /// <summary>The archive of its WAL, where the backup is; by default the one in the repository itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ArchivePath { get; set; }

    /// <summary>Restores the backup and starts a server on it.</summary>
    [Parameter]
    public SwitchParameter Restore { get; set; }

    /// <summary>An existing directory on the node, in which the restore makes one of its own; /var/tmp by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ScratchPath { get; set; } = "/var/tmp";

    /// <summary>PostgreSQL's programs on the node; by default where packages put them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BinDirectory { get; set; }

    /// <summary>Recovers only to where the backup is consistent; without a target it goes to the archive's end.</summary>
    [Parameter]
    public SwitchParameter ToConsistency { get; set; }

    /// <summary>Recovers to this moment.</summary>
    [Parameter]
    public DateTimeOffset? ToTime { get; set; }

    /// <summary>Recovers to this position.</summary>
    [Parameter]
    public Lsn? ToLsn { get; set; }

    /// <summary>Queries that the restored server must answer in a given way: <c>@{ Query = 'SELECT count(*) > 0 FROM orders'; Expected = $true; Database = 'shop' }</c>.</summary>
    [Parameter]
    [RestoreAssertionTransformation]
    public RestoreAssertion[] Assert { get; set; } = [];

    /// <summary>Tables whose rows are counted on the restored server and on the leader of the current connection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CompareTable { get; set; } = [];

    /// <summary>The database of those tables; that of the connection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Database { get; set; } = "postgres";

    /// <summary>A superuser of the restored cluster; postgres by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DatabaseUser { get; set; } = "postgres";

    /// <summary>How long recovery may take; an hour by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan RecoveryTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Returns one Boolean: true only if every check of every backup passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private PatroniConnection? Live { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Live = CompareTable.Length > 0 ? ConnectionTable.OfThisRunspace().Current : null;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (InputObject is { Length: > 0 } given)
        {
            await TestAsync(given, given, cancellationToken).ConfigureAwait(false);
            return;
        }
        var all = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var chosen = Label is null ? [.. all.GroupBy(b => (b.Repository, b.Stanza)).Select(g => g.Last())] : all.Where(IsWanted).ToList();
        if (chosen.Count == 0)
        {
            isAllSound = false;
            EmitError(Failure.Record(FailureKind.NotConfigured, $"There is no such backup at {string.Join(", ", Path ?? [Place.PgBackRestConfigPath ?? "(no -Path)"])}.", Path?.FirstOrDefault()));
        }
        await TestAsync(chosen, all, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
            Emit(isAnyTested && isAllSound);
        return Task.CompletedTask;
    }

    private async Task TestAsync(IReadOnlyList<PatroniBackup> chosen, IReadOnlyList<PatroniBackup> all, CancellationToken cancellationToken)
    {
        foreach (var backup in chosen)
        {
            try
            {
                var reach = await ReachAsync(backup, cancellationToken).ConfigureAwait(false);
                var test = BackupJudge.Judge(backup, reach, MaximumAge, TimeProvider.System.GetUtcNow());
                if (Retention is { } retention)
                    test = test with { Checks = [.. test.Checks, await WindowAsync(backup, all, retention, cancellationToken).ConfigureAwait(false)] };
                if (Restore && !await AskAsync(backup).ConfigureAwait(false))
                    continue;
                Report((Restore ? await RestoreAsync(test, backup, reach, cancellationToken).ConfigureAwait(false) : test).With(backup.ToolReport));
            }
            catch (PatroniOpsException e)
            {
                isAllSound = false;
                EmitError(Failure.Record(e, backup.Label));
            }
        }
    }

    private async Task<BackupCheck> WindowAsync(PatroniBackup backup, IReadOnlyList<PatroniBackup> all, TimeSpan retention, CancellationToken cancellationToken)
    {
        var reaches = new List<(PatroniBackup, Reading<BackupReach>)>();
        foreach (var other in all.Where(b => (b.Repository, b.Stanza, b.SystemIdentifier) == (backup.Repository, backup.Stanza, backup.SystemIdentifier)))
            reaches.Add((other, await ReachAsync(other, cancellationToken).ConfigureAwait(false)));
        return BackupJudge.Window(reaches, retention, TimeProvider.System.GetUtcNow());
    }

    private Task<bool> AskAsync(PatroniBackup backup) => ConfirmAsync(
        $"Restore {backup.Label} of {backup.Repository} into a new directory in {ScratchPath}, start a server there, check it, and remove it.",
        $"Restore {backup.Label} of {backup.Repository} for a test?", "Test-PatroniBackup");

    private async Task<Reading<BackupReach>> ReachAsync(PatroniBackup backup, CancellationToken cancellationToken)
    {
        try
        {
            return BackupReach.Of(backup, await ArchiveAsync(backup, cancellationToken).ConfigureAwait(false), cancellationToken) is { } reach
                ? Reading.Of(reach)
                : Reading.Unknown<BackupReach>(FailureKind.NotConfigured, "the backup does not say which WAL it needs");
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<BackupReach>(e);
        }
    }

    // The tools keep WAL and backups in one repository; pg_basebackup may have brought along what it needs.
    private async Task<WalArchive> ArchiveAsync(PatroniBackup backup, CancellationToken cancellationToken)
    {
        var access = await Place.ArchivesAsync(this, backup.HostName, cancellationToken).ConfigureAwait(false);
        return ArchivePath is { } given
            ? access.Open(backup.HostName is null ? GetUnresolvedProviderPathFromPSPath(given) : given, Stanza, backup.SystemIdentifier, cancellationToken)
            : access.Open(backup.Kind == BackupKind.BaseBackup ? PathOf.Join(backup.Repository, "pg_wal") : backup.Repository, backup.Stanza, backup.SystemIdentifier, cancellationToken);
    }

    private async Task<PatroniBackupTest> RestoreAsync(PatroniBackupTest test, PatroniBackup backup, Reading<BackupReach> reach, CancellationToken cancellationToken)
    {
        var access = await Place.ArchivesAsync(this, backup.HostName, cancellationToken).ConfigureAwait(false);
        var activity = $"Restore test of {backup.Label}";
        var options = new RestoreOptions
        {
            ScratchPath = ScratchPath,
            RunAs = access.ToolRunAs,
            BinDirectory = BinDirectory,
            PgBackRestConfigPath = access.PgBackRestConfigPath,
            BarmanConfigPath = access.BarmanConfigPath,
            ArchivePath = ArchivePath is null ? null : OnNode(ArchivePath),
            ArchiveKind = ArchivePath is not null && reach.IsKnown ? (await ArchiveAsync(backup, cancellationToken).ConfigureAwait(false)).Kind : ArchiveKind.Directory,
            ArchiveStanza = Stanza,
            Target = new RestoreTarget { IsConsistency = ToConsistency, Time = ToTime, Lsn = ToLsn },
            Assertions = Assert,
            Tables = CompareTable,
            Database = Database,
            DatabaseUser = DatabaseUser,
            RecoveryTimeout = RecoveryTimeout,
            ArchiveEnd = reach.Value?.ArchiveEnd,
            WalSegmentSize = reach.Value?.SegmentSize ?? WalSegment.DefaultSize,
        };
        var tester = new RestoreTester(access.Node, options, Live is { } live ? (table, token) => LiveRows.CountAsync(live, table, token) : null, text => EmitProgress(new ProgressRecord(1, activity, text)), TimeProvider.System);
        var result = await tester.RunAsync(test, backup, cancellationToken).ConfigureAwait(false);
        EmitProgress(new ProgressRecord(1, activity, "done") { RecordType = ProgressRecordType.Completed });
        if (result.IsRestored)
            new RestoreHistory(StateFolder.Path).Add(result);
        return result;
    }

    private void Report(PatroniBackupTest test)
    {
        isAnyTested = true;
        isAllSound &= test.IsSuccess;
        if (!Quiet)
            Emit(test);
    }
}
