<#
    Finds replicas that can never catch up because the WAL they need is gone, and rebuilds them one by one.

        pwsh -File replica-needs-removed-wal.ps1 -Uri http://db1:8008,http://db2:8008 -WhatIf

    Credentials: with patroniops from its environment variables, else asked for.
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [string] $Uri,
    [pscredential] $RestCredential = $global:RestCredential,
    [pscredential] $PostgresCredential = $global:PostgresCredential
)
$ErrorActionPreference = 'Stop'
$connection = Connect-PatroniCluster -Uri ($Uri -split ',') -Credential $RestCredential -PostgresCredential $PostgresCredential
try {
    # One at a time: the cluster keeps its other replicas while one is made anew.
    foreach ($result in $connection | Test-WalAvailability | Where-Object Status -eq Missing) {
        $result.Reason
        $result | Invoke-ReplicaRebuild
    }
}
finally { $connection | Disconnect-PatroniCluster }
