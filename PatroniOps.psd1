@{
    RootModule             = 'module/bin/PatroniOps.Commands.dll'
    NestedModules          = @('module/bin/PatroniOps.Init.dll')
    ModuleVersion          = '0.1.0'
    CompatiblePSEditions   = @('Core')
    GUID                   = 'a344ad46-feb6-4b1c-817f-7887d49894ea'
    Author                 = 'The PatroniOps authors'
    CompanyName            = 'The PatroniOps authors'
    Copyright              = '(c) The PatroniOps authors. MIT license.'
    Description            = 'Finds out why a Patroni / PostgreSQL cluster is not replicating, proves it with evidence, and repairs it without losing data.'
    PowerShellVersion      = '7.4'
    TypesToProcess         = @('module/PatroniOps.types.ps1xml')
    FormatsToProcess       = @('module/PatroniOps.format.ps1xml', 'module/PatroniOps.List.format.ps1xml')
    CmdletsToExport        = @(
        'Approve-WalArchiveGap'
        'Connect-PatroniCluster'
        'ConvertTo-NagiosResult'
        'ConvertTo-PatroniMetric'
        'Disconnect-PatroniCluster'
        'Export-PatroniMetric'
        'Export-PatroniReport'
        'Export-PatroniSnapshot'
        'Get-PatroniBackup'
        'Get-PatroniCluster'
        'Get-PatroniConfiguration'
        'Get-PatroniConnection'
        'Get-PatroniHistory'
        'Get-PatroniLogEvent'
        'Get-PatroniMember'
        'Get-PatroniReplication'
        'Get-PatroniSlot'
        'Get-ReplicaRebuildJournal'
        'Get-ReplicaRecoveryPlan'
        'Get-WalArchiveGap'
        'Get-WalArchiveStatus'
        'Import-PatroniSnapshot'
        'Invoke-PatroniFailover'
        'Invoke-PatroniReload'
        'Invoke-PatroniResource'
        'Invoke-PatroniSwitchover'
        'Invoke-ReplicaRebuild'
        'Measure-WalRetention'
        'New-PatroniBaseBackup'
        'Protect-PatroniMember'
        'Remove-PatroniSlot'
        'Repair-PatroniReplica'
        'Repair-PatroniSlot'
        'Restart-PatroniMember'
        'Restore-ReplicaWal'
        'Resume-PatroniCluster'
        'Set-PatroniConfiguration'
        'Set-PatroniMemberTag'
        'Suspend-PatroniCluster'
        'Switch-PatroniDataDirectory'
        'Test-PatroniBackup'
        'Test-PatroniCluster'
        'Test-PatroniConfiguration'
        'Test-WalArchive'
        'Test-WalAvailability'
        'Undo-ReplicaRebuild'
        'Unprotect-PatroniMember'
        'Watch-PatroniCluster'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('PostgreSQL', 'Patroni', 'Replication', 'HighAvailability', 'WAL', 'Backup', 'PSEdition_Core', 'Linux', 'Windows', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
