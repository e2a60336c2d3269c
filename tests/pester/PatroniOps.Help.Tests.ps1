# Get-Help in a real pwsh, as the module ships.
BeforeDiscovery {
    # A machine without ICU has no other culture than the invariant one; there patroniops, which goes by LANG, is tested alone.
    $isInvariant = $env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT -in '1', 'true'
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    Import-Module $Manifest -ErrorAction Stop
    $exported = (Import-PowerShellDataFile $Manifest).CmdletsToExport
}

Describe 'Get-Help' {
    # That each cmdlet has them the unit tests see, with the same engine; here is what a console shows.
    It 'shows every section of <_>' -ForEach 'Get-PatroniMember', 'Invoke-ReplicaRebuild', 'Connect-PatroniCluster' {
        $text = Get-Help $_ -Full | Out-String -Width 200
        foreach ($section in 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
            $text | Should -MatchExactly "(?m)^$section\r?\n\s+\S" -Because "$section of $_ is shown"
        }
        $text | Should -Match '-- 2: '
    }

    It 'finds <_>' -ForEach 'about_PatroniOps', 'about_PatroniOps_Incidents', 'about_PatroniOps_Security' {
        Get-Help $_ -ErrorAction Stop | Should -BeLike "*$_*SHORT DESCRIPTION*"
    }

    It 'lists each cmdlet with its own synopsis' {
        $synopses = (Get-Command -Module PatroniOps | Get-Help).Synopsis
        $synopses | Should -HaveCount $exported.Count
        $synopses | Sort-Object -Unique | Should -HaveCount $exported.Count
    }

    It 'speaks Chinese where the reader does' -Skip:$isInvariant {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = 'zh-CN'
            Get-Help about_PatroniOps_Incidents -ErrorAction Stop | Should -BeLike '*WalMissing*确认*修复*预防*'
            Get-Help about_PatroniOps -ErrorAction Stop | Should -BeLike '*复制*'
        }
        finally { [cultureinfo]::CurrentUICulture = $before }
    }
}
