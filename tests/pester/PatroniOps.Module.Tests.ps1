# The module as it ships, without any cluster.
BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $cmdlets = (Import-PowerShellDataFile (Join-Path $root 'PatroniOps.psd1')).CmdletsToExport | ForEach-Object {
        # What only looks, judges or connects changes nothing and asks nothing.
        # Test-PatroniBackup -Restore and Test-WalArchive -RoundTrip do more than look.
        @{ Name = $_; ShouldProcess = $_ -notmatch '^(Get|Test|Measure|Watch|Connect|Disconnect|Import|ConvertTo)-' -or $_ -in 'Test-PatroniBackup', 'Test-WalArchive' }
    }
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
}

Describe 'The manifest' {
    It 'is valid' {
        $module = Test-ModuleManifest $Manifest -ErrorAction Stop -WarningVariable warnings
        $module.Name | Should -BeExactly 'PatroniOps'
        $module.PowerShellVersion | Should -Be ([version]'7.4')
        $module.CompatiblePSEditions | Should -Be 'Core'
        $warnings | Should -BeNullOrEmpty
    }

    It 'has a version that CHANGELOG.md names' {
        $version = (Test-ModuleManifest $Manifest).Version.ToString()
        Get-Content $Root/CHANGELOG.md -Raw | Should -BeLike "*$version*"
    }

    It 'every exported cmdlet is explained in README.md' {
        $readme = Get-Content $Root/README.md -Raw
        foreach ($name in (Test-ModuleManifest $Manifest).ExportedCmdlets.Keys) {
            $readme | Should -Match ([regex]::Escape('| `' + $name + '` |'))
        }
    }
}

Describe 'Import' {
    BeforeEach { Import-Module $Manifest -ErrorAction Stop }

    It 'exports what the manifest names, and nothing else' {
        $manifestData = Import-PowerShellDataFile $Manifest
        $commands = Get-Command -Module PatroniOps
        $commands.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        $commands.Name | Sort-Object | Should -BeExactly ($manifestData.CmdletsToExport | Sort-Object)
    }

    It 'uses approved verbs only' {
        $verbs = (Get-Verb).Verb
        Get-Command -Module PatroniOps | Where-Object Verb -notin $verbs | Should -BeNullOrEmpty
    }

    It 'can be imported again with -Force' {
        { Import-Module $Manifest -Force -ErrorAction Stop } | Should -Not -Throw
        Get-PatroniConnection | Should -BeNullOrEmpty
    }

    It 'can be removed and imported again' {
        Remove-Module PatroniOps -ErrorAction Stop
        Get-Command Get-PatroniMember -ErrorAction Ignore -CommandType Cmdlet | Where-Object Source -eq 'PatroniOps' | Should -BeNullOrEmpty
        Import-Module $Manifest -ErrorAction Stop
        { Get-PatroniConnection -ErrorAction Stop } | Should -Not -Throw
    }

    It 'writes nothing to any stream' {
        Invoke-Fresh { Import-Module $env:MANIFEST *>&1 } | Should -BeNullOrEmpty
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        Import-Module $Manifest
        $command = Get-Command $Name -Module PatroniOps
    }

    It 'declares its output' {
        if ($Name -eq 'Disconnect-PatroniCluster') { $command.OutputType | Should -BeNullOrEmpty }
        else { $command.OutputType.Name | Should -Match '^(PatroniOps\.|System\.)' }
    }

    It 'asks for confirmation: <ShouldProcess>' {
        $command.Parameters.ContainsKey('WhatIf') | Should -Be $ShouldProcess
        $command.Parameters.ContainsKey('Confirm') | Should -Be $ShouldProcess
    }

    It 'takes credentials as PSCredential only' {
        $secrets = $command.Parameters.Values | Where-Object Name -match 'Credential|Password|Secret'
        $secrets | Where-Object { $_.ParameterType -ne [pscredential] } | Should -BeNullOrEmpty
    }

    It 'shows no type of a dependency in its parameters or output' {
        $types = @($command.Parameters.Values.ParameterType) + @($command.OutputType.Type)
        $assemblies = $types | Where-Object { $_ } | ForEach-Object { ($_.IsArray ? $_.GetElementType() : $_).Assembly.GetName().Name } | Sort-Object -Unique
        $assemblies | Where-Object { $_ -match 'Npgsql|Polly|YamlDotNet' } | Should -BeNullOrEmpty
    }
}

Describe 'A node' {
    It 'is reached in the same way by <_>' -ForEach 'Test-WalArchive', 'Get-WalArchiveGap', 'Get-PatroniBackup', 'Test-PatroniBackup', 'Set-PatroniMemberTag', 'Invoke-ReplicaRebuild' {
        Import-Module $Manifest
        $parameters = (Get-Command $_ -Module PatroniOps).Parameters
        'HostName', 'UserName', 'KeyFilePath', 'Port', 'SshConfigPath' | Should -BeIn $parameters.Keys
        (Get-Command $_ -Syntax) | Should -Match '-HostName <string>'
    }

    It 'that is not there is an error about it' {
        Import-Module $Manifest
        $output = Test-WalArchive /archive -HostName no-such-host.invalid -ErrorVariable problem -ErrorAction SilentlyContinue
        $output | Should -BeNullOrEmpty
        "$problem" | Should -Match 'no-such-host.invalid'
    }
}

Describe 'Isolation' {
    It 'lives beside another version of Npgsql in one session' {
        $other = Get-OtherNpgsql
        $seen = Invoke-Fresh {
            $theirs = [Reflection.Assembly]::LoadFrom($env:OTHER_NPGSQL)
            Import-Module $env:MANIFEST -ErrorAction Stop
            # What a query would do; where Patroni does not answer no server is asked.
            $null = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ PatroniOps | ForEach-Object { $_.LoadFromAssemblyName([Reflection.AssemblyName]::new('Npgsql')) }
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Npgsql' } | ForEach-Object {
                '{0}|{1}|{2}' -f $_.GetName().Version, [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name, $_.Location
            }
        } @{ OTHER_NPGSQL = $other }
        $seen = @($seen | ForEach-Object { $version, $context, $location = $_ -split '\|'; [pscustomobject]@{ Version = $version; Context = $context; Location = $location } })
        $seen | Should -HaveCount 2
        ($seen | Where-Object Context -eq 'PatroniOps').Location | Should -Be (Join-Path $Root 'module/bin/deps/Npgsql.dll')
        ($seen | Where-Object Context -ne 'PatroniOps').Location | Should -Be $other
        $seen.Version | Sort-Object -Unique | Should -HaveCount 2
    }
}

Describe 'Errors' {
    BeforeAll { Import-Module $Manifest }

    It '<Command> names the seed that does not answer' -ForEach @(
        @{ Command = 'Connect-PatroniCluster' }, @{ Command = 'Get-PatroniCluster' }, @{ Command = 'Get-PatroniMember' }
        @{ Command = 'Get-PatroniSlot' }, @{ Command = 'Test-WalAvailability' }
    ) {
        # Port 9 (discard) is served by nobody.
        $result = & $Command -Uri http://127.0.0.1:9 -ErrorVariable failures -ErrorAction SilentlyContinue
        $result | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'Unreachable,PatroniOps.Commands.*'
        $failures[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        "$($failures[0].TargetObject)" | Should -BeLike '*127.0.0.1:9*'
        "$($failures[0])" | Should -BeLike '*127.0.0.1:9*'
    }

    It 'can be caught with -ErrorAction Stop' {
        $caught = try { Get-PatroniCluster -Uri http://127.0.0.1:9 -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'Unreachable,*'
    }

    It 'does not end the pipeline: the next seed is tried' {
        $null = 'http://127.0.0.1:9', 'http://127.0.0.1:10' | Connect-PatroniCluster -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 2
    }

    It 'says what to do without a connection' {
        $caught = try { Get-PatroniMember -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'NotConfigured,*'
        "$caught" | Should -BeLike '*Connect-PatroniCluster*'
    }
}
