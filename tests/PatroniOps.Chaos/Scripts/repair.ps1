# What somebody's unattended job would do every few seconds: make slots that are missing, and take the way back that the plan chooses.
param([string] $Uri, [string] $Lab, [string] $LabCommand)

$replication = [pscredential]::new($env:CHAOS_REPLICATION_USERNAME, [Net.NetworkCredential]::new('', $env:CHAOS_REPLICATION_PASSWORD).SecurePassword)

function Tell([string] $Kind, [string] $Member, [string] $What, [string] $Text) {
    [pscustomobject]@{ At = [DateTimeOffset]::UtcNow; Kind = $Kind; Member = $Member; What = $What; Text = $Text }
}

function NodeOf([string] $Member) {
    @{
        PatroniConfigPath = "$Lab/$Member/patroni.yml"
        StopCommand       = $LabCommand, 'member', 'stop', $Member, '--directory', $Lab
        StartCommand      = $LabCommand, 'member', 'start', $Member, '--directory', $Lab
        StatusCommand     = $LabCommand, 'member', 'status', $Member, '--directory', $Lab
    }
}

# The old data is kept for an undo, and the disk is small.
function RemoveOldData([string] $Member) {
    [IO.Directory]::GetDirectories("$Lab/$Member", 'data.patroniops-old-*') | ForEach-Object { [IO.Directory]::Delete($_, $true) }
}

function RepairMember([string] $Member) {
    $node = NodeOf $Member
    $plan = Get-ReplicaRecoveryPlan $Member @node -ErrorAction SilentlyContinue -ErrorVariable failed
    $failed | ForEach-Object { Tell Error $Member Get-ReplicaRecoveryPlan "$_" }
    if (-not $plan) { return }
    Tell Plan $Member "$($plan.Choice)" "$($plan.Reason) - $($plan.ChoiceReason)"
    if (-not $plan.Choice -or $plan.Choice -eq 'Wait') { return }
    $done = Repair-PatroniReplica $Member @node -SoakTime 3 -StallTimeout 90 -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue
    $failed | ForEach-Object { Tell Error $Member Repair-PatroniReplica "$_" }
    if (-not $done) { return }
    Tell Repair $Member "$($done.Method)" "in $([int] $done.Duration.TotalSeconds) s"
    if ($done.Method -eq 'BaseBackup') { RemoveOldData $Member }
}

$null = Connect-PatroniCluster -Uri ($Uri -split ',') -Credential $RestCredential -PostgresCredential $PostgresCredential
while ($true) {
    $verdict = Test-PatroniCluster -ErrorAction SilentlyContinue
    $verdict.Findings | Where-Object Id -in 'SlotMissing', 'SlotLost' | ForEach-Object {
        $finding = $_
        Tell Finding $finding.Member $finding.Id $finding.Message
        $done = Repair-PatroniSlot -Member $finding.Member -ReplicationCredential $replication -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed | ForEach-Object { Tell Error $finding.Member Repair-PatroniSlot "$_" }
        $done | Where-Object IsDone | ForEach-Object { Tell Repair $_.ForMember "Slot$($_.Action)" "$($_.SlotName) on $($_.Member): $($_.Reason)" }
    }
    Test-WalAvailability -ErrorAction SilentlyContinue | Where-Object IsAvailable -eq $false | ForEach-Object { RepairMember $_.Member }
    [Threading.Thread]::Sleep(3000)
}
