# How what the cmdlets give out looks, and what is left of it after a file, another session, or JSON.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../PatroniOps.psd1')
    # A connection belongs to its session, and a snapshot is read from a file: both are seen elsewhere.
    $types = (Get-Command -Module PatroniOps).OutputType.Type | Where-Object { $_.FullName -like 'PatroniOps.*' -and $_.Name -notin 'PatroniConnection', 'ClusterSnapshot' } | Sort-Object FullName -Unique
    $outputs = $types | ForEach-Object { @{ Name = $_.Name; Type = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    Import-Module $Manifest -ErrorAction Stop
    $incident = Join-Path $Root 'examples/incidents/wal-removed.json'

    function Get-Text($Objects) { ($Objects | Out-String -Width 100) -replace '\x1b\[[0-9;]*m' }
}

Describe '<Name>' -ForEach $outputs {
    BeforeAll { $sample = New-Sample $Type }

    It 'has a table that fits 100 columns, with every column' {
        $lines = (Get-Text ($sample | Format-Table)) -split '\r?\n' | ForEach-Object TrimEnd
        $lines | Where-Object Length -gt 100 | Should -BeNullOrEmpty
        $labels = Get-ViewLabel $Type.FullName TableControl
        $header = $lines | Where-Object { $_ -match "^\s*$($labels[0])\b" } | Select-Object -First 1
        $header -split '\s+' | Where-Object { $_ } | Should -BeExactly $labels
        $text = $lines -join "`n"
        foreach ($name in $labels | Where-Object { $_ -in 'Member', 'SlotName', 'OldLeader', 'NewLeader', 'Status', 'Verdict', 'Outcome', 'Severity', 'Method', 'NeededSegment', 'FirstMissing' }) {
            $property = $name -eq 'FirstMissing' ? 'FirstMissingSegment' : $name
            $text | Should -MatchExactly ([regex]::Escape($sample.$property)) -Because "$name is shown whole"
        }
    }

    It 'has a list of everything, in words' {
        $text = Get-Text ($sample | Format-List)
        foreach ($label in Get-ViewLabel $Type.FullName ListControl) { $text | Should -MatchExactly "(?m)^$label +:" }
        $text | Should -Not -Match 'System\.|PatroniOps\.|@\{|\{.*\}|z__ReadOnly'
    }

    It 'looks the same after a file and after a job' {
        $file = Join-Path $TestDrive 'sample.xml'
        $sample | Export-Clixml $file
        foreach ($back in (Import-Clixml $file), (Send-ThroughRemoting $sample)) {
            $back.PSObject.TypeNames[0] | Should -BeExactly "Deserialized.$($Type.FullName)"
            Get-Text ($back | Format-Table) | Should -BeExactly (Get-Text ($sample | Format-Table))
            Get-Text ($back | Format-List) | Should -BeExactly (Get-Text ($sample | Format-List))
        }
    }

    It 'keeps its values there, and in JSON' {
        $json = $sample | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
        $json | Should -Not -Match '"(System|PatroniOps)\.|z__ReadOnly|`'
        $fromJson = $json | ConvertFrom-Json
        $fromJob = Send-ThroughRemoting $sample
        foreach ($property in $Type.GetProperties() | Where-Object { -not $_.GetMethod.IsStatic }) {
            $value = $property.GetValue($sample)
            $name = $property.Name
            switch ($value) {
                { $_ -is [enum] } { $fromJson.$name | Should -BeExactly "$_"; $fromJob.$name | Should -BeExactly "$_" }
                { $_ -is [timespan] } { $fromJson.$name.TotalSeconds | Should -Be $_.TotalSeconds; $fromJob.$name | Should -Be $_ }
                { $_ -is [System.DateTimeOffset] } { [System.DateTimeOffset]$fromJson.$name | Should -Be $_; $fromJob.$name.UtcDateTime | Should -Be $_.UtcDateTime }
                { $_ -is [string] -or $_ -is [ValueType] -and $_.GetType().IsPrimitive } { $fromJson.$name | Should -Be $_; $fromJob.$name | Should -Be $_ }
                { $null -ne $_ -and $_.GetType().Name -eq 'Lsn' } { $fromJson.$name.Text | Should -BeExactly "$_"; $fromJob.$name | Should -BeExactly "$_" }
            }
        }
    }
}

Describe 'Colours' {
    BeforeAll {
        $members = (Import-PatroniSnapshot $incident | Test-PatroniCluster).Members
        $shown = "Import-Module '$Manifest'; (Import-PatroniSnapshot '$incident' | Test-PatroniCluster).Members"
        $green = "`e[32mHealthy`e[0m"
        $red = "`e[31mPseudoHealthy`e[0m"

        # On a terminal, as a person sees it; script(1) makes one.
        function Get-Screen([string] $Command) { (script -qec $Command /dev/null) -join "`n" }
    }

    It 'mark what is good and what is bad, <_>' -ForEach 'Format-Table', 'Format-List' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $text = $members | & $_ | Out-String -Width 100
        }
        finally { $PSStyle.OutputRendering = $before }
        $text | Should -Match ([regex]::Escape($green))
        $text | Should -Match ([regex]::Escape($red))
    }

    It 'are there on a terminal, and not with NO_COLOR: pwsh' -Skip:(-not $IsLinux) {
        $pwsh = "'$([Environment]::ProcessPath)' -NoProfile -NonInteractive -EncodedCommand $([convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($shown)))"
        Get-Screen $pwsh | Should -Match ([regex]::Escape($red))
        $plain = Get-Screen "NO_COLOR=1 $pwsh"
        $plain | Should -Match 'PseudoHealthy'
        $plain | Should -Not -Match "`e\[3[123]m"
        # What a shell redirects has no escapes of ours, though PowerShell writes those of its headings.
        $file = Join-Path $TestDrive 'redirected.txt'
        bash -c "$pwsh > '$file'"
        Get-Content $file -Raw | Should -Match '(?m)PseudoHealthy\s'
        Get-Content $file -Raw | Should -Not -Match "`e\[3[123]m"
    }

    It 'are there on a terminal, and not with NO_COLOR: patroniops' -Skip:(-not $IsLinux) {
        $patroniops = "'$(Join-Path $Root 'src/PatroniOps.Host/bin/Release/net10.0/patroniops')' -Command '(Import-PatroniSnapshot ""$incident"" | Test-PatroniCluster).Members'"
        Get-Screen $patroniops | Should -Match ([regex]::Escape($red))
        Get-Screen "NO_COLOR=1 $patroniops" | Should -Not -Match "`e\[3[123]m"
        (bash -c $patroniops) -join "`n" | Should -Match '(?m)PseudoHealthy\s'
        (bash -c $patroniops) -join "`n" | Should -Not -Match "`e"
    }
}

Describe 'What has been through a file' {
    It 'binds to the next cmdlet by its names' {
        $file = Join-Path $TestDrive 'availability.xml'
        $snapshot = Import-PatroniSnapshot $incident
        $snapshot | Test-WalAvailability | Export-Clixml $file
        $missing = Import-Clixml $file | Where-Object Status -eq Missing
        $missing | Should -HaveCount 1
        $missing.NeededLsn | Should -BeExactly '0/12000000'
        ($missing | Get-PatroniMember -Snapshot $snapshot).Member | Should -BeExactly $missing.Member
    }

    It 'holds the findings with their evidence' {
        $verdict = Send-ThroughRemoting (Import-PatroniSnapshot $incident | Test-PatroniCluster)
        $verdict.Verdict | Should -BeExactly 'PseudoHealthy'
        ($verdict.Members | Where-Object Verdict -ne Healthy).Findings[0].Evidence[0].Name | Should -BeExactly 'state by Patroni'
        Get-Text $verdict | Should -Match 'bar-psqldb04: ReplicaNotStreaming, WalMissing, SlotDoesNotProtect'
    }
}
