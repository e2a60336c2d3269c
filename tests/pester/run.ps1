<#
    Runs the Pester suite and writes "passed failed skipped" to pester.count in the folder given.
    Exit codes: 0 all passed, 1 something failed, 77 there is no Pester 5.
#>
param([Parameter(Mandatory)][string] $Results)
$ErrorActionPreference = 'Stop'
$modules = Join-Path $PSScriptRoot '../../artifacts/modules'
$env:PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath
$found = { Get-Module Pester -ListAvailable | Where-Object Version -ge 5.5.0 | Where-Object Version -lt 6.0.0 | Sort-Object Version -Descending | Select-Object -First 1 }
$pester = & $found
if (-not $pester) {
    try {
        $null = New-Item $modules -ItemType Directory -Force
        $fetch = Start-Job { Save-PSResource Pester -Version '[5.5.0,6.0.0)' -Repository PSGallery -Path $using:modules -TrustRepository -ErrorAction Stop }
        $null = Wait-Job $fetch -Timeout 120
        Remove-Job $fetch -Force
    }
    catch { Write-Verbose "$_" }
    $pester = & $found
    if (-not $pester) { exit 77 }
}
Import-Module $pester.Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = Join-Path $Results 'pester.xml'
$run = Invoke-Pester -Configuration $configuration
# A file or block that could not be set up has failed too, though none of its tests ran.
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
"$($run.PassedCount) $failed $($run.SkippedCount + $run.NotRunCount)" | Set-Content (Join-Path $Results 'pester.count')
exit [int]($failed -gt 0)
