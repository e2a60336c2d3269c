# The nightly job: judges the cluster, verifies the archive of WAL, tests the newest backup, once a week by a restore, and writes metrics and a report.
#
#   patroniops -LockPath /var/lib/patroniops/nightly.lock -LogPath - -File patroniops-nightly.ps1 -ConfigurationPath patroniops-nightly.psd1
#
# It runs in pwsh too. Its last line is that of a Nagios plugin, its exit code the worst of 0, 1, 2 and 3; a step that failed is 3, never a success.
# Logins come from the environment: PATRONIOPS_REST_USERNAME with _PASSWORD or _PASSWORD_FILE, and PATRONIOPS_PG_ likewise.
param(
    [Parameter(Mandatory)][string]$ConfigurationPath,
    # Restores for a test whatever day it is.
    [switch]$Restore
)

function Settings([string]$path) {
    $errors = $null
    $ast = [Management.Automation.Language.Parser]::ParseFile([IO.Path]::GetFullPath($path), [ref]$null, [ref]$errors)
    $table = $ast.Find({ param($node) $node -is [Management.Automation.Language.HashtableAst] }, $false)
    if ($errors -or -not $table) { throw "$path is no file of settings: $errors" }
    # Data only: what would run something is refused.
    $table.SafeGetValue()
}

function Login([string]$prefix) {
    $user = [Environment]::GetEnvironmentVariable("${prefix}_USERNAME")
    if (-not $user) { return }
    $file = [Environment]::GetEnvironmentVariable("${prefix}_PASSWORD_FILE")
    $password = if ($file) { [IO.File]::ReadAllText($file).TrimEnd("`r", "`n") } else { [Environment]::GetEnvironmentVariable("${prefix}_PASSWORD") }
    [pscredential]::new($user, [Net.NetworkCredential]::new('', $password).SecurePassword)
}

# One step: what it found is kept and returned; what failed is reported, and the job goes on and is not well.
function Step([string]$name, [scriptblock]$work) {
    try {
        $found = @(& $work 2>&1)
        foreach ($one in $found) {
            if ($one -is [Management.Automation.ErrorRecord]) { $script:failures += "${name}: $($one.Exception.Message)" }
            else { $script:judged += $one; $one }
        }
    }
    catch { $script:failures += "${name}: $($_.Exception.Message)" }
}

if (-not (Get-Command Test-PatroniCluster -ErrorAction Ignore)) { Import-Module PatroniOps -ErrorAction Stop }
$settings = Settings $ConfigurationPath
$failures = @()
$judged = @()
$left = @()
$login = @{ Uri = $settings.Uri }
if ($rest = Login PATRONIOPS_REST) { $login.Credential = $rest }
if ($postgres = Login PATRONIOPS_PG) { $login.PostgresCredential = $postgres }

if ($settings.Uri) {
    $null = Step cluster { Test-PatroniCluster @login }
    $null = Step wal { Test-WalAvailability @login }
    $null = Step archiving { Get-WalArchiveStatus @login | Where-Object State -ne Standby }
}
else { $left += 'cluster' }

if ($settings.Archive) {
    $archive = @{ Path = $settings.Archive }
    foreach ($name in 'Stanza', 'Ledger') { if ($settings.$name) { $archive.$name = $settings.$name } }
    if ($settings.Ledger) { $archive.Deep = $true }
    $archives = Step archive { Test-WalArchive @archive }
}
else { $left += 'archive' }

if ($settings.Repository) {
    $backup = @{ Path = $settings.Repository }
    foreach ($name in 'Stanza', 'MaximumAge', 'PgBackRestConfigPath', 'BarmanConfigPath', 'ArchivePath') { if ($settings.$name) { $backup.$name = $settings.$name } }
    if ($Restore -or [string][DateTimeOffset]::Now.DayOfWeek -eq $settings.RestoreDay) {
        $backup.Restore = $true
        foreach ($name in 'ScratchPath', 'BinDirectory', 'DatabaseUser') { if ($settings.$name) { $backup.$name = $settings.$name } }
    }
    # A night that is not the restore's is no gap; that there is no such night is one.
    elseif (-not $settings.RestoreDay) { $left += 'restore' }
    $backups = Step backup { Test-PatroniBackup @backup }
}
else { $left += 'backup' }

if ($settings.MetricFolder) {
    # A file each: what a step did not find tonight does not take away what it found before.
    $folder = $settings.MetricFolder
    if ($settings.Uri) { $null = Step metrics { $null = Export-PatroniMetric ([IO.Path]::Combine($folder, 'patroniops.prom')) @login } }
    if ($archives) { $null = Step metrics { $null = $archives | Export-PatroniMetric ([IO.Path]::Combine($folder, 'patroniops-archive.prom')) } }
    # A night without a restore says nothing new of restores: the file of the last one stays, and a backup that was never restored is told as that.
    $file = [IO.Path]::Combine($folder, 'patroniops-backup.prom')
    if ($backups -and ($backup.Restore -or -not [IO.File]::Exists($file))) { $null = Step metrics { $null = $backups | Export-PatroniMetric $file } }
}
if ($settings.Report) {
    if ($settings.Uri) { $null = Step report { $null = Export-PatroniReport -Path $settings.Report @login } }
    else { $left += 'report' }
}

$result = $judged | ConvertTo-NagiosResult -Combine
$code = $result.Code
$line = $result.Line
if ($left) { $line += " (left out: $($left -join ', '))" }
foreach ($failure in $failures) { $Host.UI.WriteErrorLine($failure) }
if ($failures -and $code -ne 2) {
    $code = 3
    $line = "PATRONIOPS UNKNOWN - $($failures -join '; '); $($result.Text)"
}
$line
$Host.SetShouldExit($code)
exit $code
