# The module as it ships, on a real cluster of three that is broken as in the incident and repaired.
# A lab of one's own is started unless PATRONIOPS_LAB names a running lab's lab.json.
BeforeAll {
    . $PSScriptRoot/Support.ps1
    Import-Module $Manifest -ErrorAction Stop
    $directory = $null
    $labFile = $env:PATRONIOPS_LAB
    if (-not $labFile) {
        $directory = Join-Path ([IO.Path]::GetTempPath()) "pester-$PID"
        $output = & $LabProgram start --directory $directory 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The lab did not start: $output" }
        $labFile = Join-Path $directory 'lab.json'
    }
    $lab = Get-Content $labFile -Raw -ErrorAction Stop | ConvertFrom-Json
    $leader, $other, $victim = $lab.members.name
    $rest = New-LabCredential $lab.credentials.rest
    $observer = New-LabCredential $lab.credentials.observer
    $connection = Connect-PatroniCluster -Uri $lab.members.api -Credential $rest -PostgresCredential $observer -ErrorAction Stop

    function Get-RestStatus($Member) {
        Invoke-RestMethod "$(($lab.members | Where-Object name -eq $Member).api)/patroni" -SkipHttpErrorCheck
    }
}

AfterAll {
    Get-PatroniConnection | Disconnect-PatroniCluster
    if ($directory) {
        $output = & $LabProgram clean --directory $directory 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The lab was not removed: $output" }
    }
}

Describe 'A healthy cluster' {
    It 'is connected' {
        $connection.Cluster | Should -BeExactly $lab.scope
        $connection.IsOpen | Should -BeTrue
        Get-PatroniConnection | Should -HaveCount 1
        (Get-PatroniConnection).ConnectionId | Should -Be $connection.ConnectionId
    }

    It 'shows no secret of its connection' {
        $text = ($connection | ConvertTo-Json -Depth 5) + ($connection | Format-List * | Out-String)
        foreach ($login in $lab.credentials.PSObject.Properties.Value) { $text | Should -Not -BeLike "*$($login.password)*" }
    }

    It 'has one leader and two streaming replicas' {
        $cluster = Get-PatroniCluster -ErrorAction Stop
        $cluster.Leader | Should -BeExactly $leader
        $cluster.MemberCount | Should -Be 3
        $cluster.StreamingCount | Should -Be 2
        $cluster.AbsentCount | Should -Be 0
        $cluster.IsPaused | Should -BeFalse
    }

    It 'is watched, and tells of itself once' {
        $events = @(Watch-PatroniCluster -Interval 1 -For 2 -ErrorAction Stop)
        $events[0].Kind | Should -Be 'Began'
        $events | Where-Object Severity -ge 'Warning' | Should -BeNullOrEmpty
        (Get-Table $events)[0] | Should -Match '^At\s+Cluster\s+Event\s+Now\s+Lasted\s+Message'
    }

    It 'has a report of itself' {
        $file = Join-Path ([IO.Path]::GetTempPath()) "report-$PID.html"
        try {
            (Export-PatroniReport $file -ErrorAction Stop).FullName | Should -BeExactly $file
            Get-Content $file -Raw | Should -BeLike "*<h2*$($lab.scope)*<svg*$leader*</html>*"
        }
        finally { Remove-Item $file -ErrorAction Ignore }
    }

    It 'lists its members in a table' {
        $lines = Get-Table (Get-PatroniMember -ErrorAction Stop)
        $lines[0] | Should -Match "^\s+Cluster: $($lab.scope)$"
        ($lines[1] -split '\s+' | Where-Object { $_ }) | Should -Be @('Member', 'Role', 'State', 'Replication', 'TL', 'Lsn', 'Lag', 'Tags')
        $lines[3] | Should -Match "^$leader\s+leader\s+running\s+Primary\s+1\s+0/[0-9A-F]+\s*$"
        $lines[4] | Should -Match "^$other\s+replica\s+running\s+Streaming\s+1\s+0/[0-9A-F]+\s+\d+ B"
    }

    It 'has an active slot for each replica' {
        $slots = Get-PatroniSlot -ErrorAction Stop
        $slots.SlotName | Should -BeExactly @(($other, $victim) -replace '-', '_')
        $slots.Status | Should -Be @('Active', 'Active')
        $slots.Member | Sort-Object -Unique | Should -BeExactly $leader
    }

    It 'answers -Quiet with one Boolean' {
        $answer = @(Test-WalAvailability -Quiet -ErrorAction Stop)
        $answer | Should -HaveCount 1
        $answer[0] | Should -BeOfType [bool]
        $answer[0] | Should -BeTrue
    }

    It 'works straight from -Uri, also when a seed does not answer' {
        $members = Get-PatroniMember -Uri http://127.0.0.1:9, $lab.members[0].api -PostgresCredential $observer -ErrorAction Stop
        $members.Member | Should -BeExactly $lab.members.name
    }
}

Describe 'The DSC resources, called as dsc does' {
    BeforeAll {
        # By the manifest's words, in its folder, the instance on standard input.
        function Invoke-Resource([string] $File, [string] $Operation, [string] $Instance) {
            $folder = Join-Path $Root 'module/dsc'
            $method = (Get-Content (Join-Path $folder "$File.dsc.resource.json") -Raw | ConvertFrom-Json).$Operation
            $login = @{
                PATRONIOPS_REST_USERNAME = $lab.credentials.rest.username; PATRONIOPS_REST_PASSWORD = $lab.credentials.rest.password
                PATRONIOPS_PG_USERNAME = $lab.credentials.observer.username; PATRONIOPS_PG_PASSWORD = $lab.credentials.observer.password
                PATRONIOPS_URI = $lab.members.api -join ','
            }
            $arguments = $method.args
            Push-Location $folder
            foreach ($name in $login.Keys) { [Environment]::SetEnvironmentVariable($name, $login[$name]) }
            try {
                $lines = @($Instance | & ([Environment]::ProcessPath) @arguments 2>$null)
                [pscustomobject]@{ Code = $LASTEXITCODE; State = $lines | Select-Object -First 1 | ConvertFrom-Json; Different = if ($lines.Count -gt 1) { @($lines[1] | ConvertFrom-Json) } else { @() } }
            }
            finally {
                foreach ($name in $login.Keys) { [Environment]::SetEnvironmentVariable($name, $null) }
                Pop-Location
            }
        }
    }

    It 'sets a slot once' {
        $first = Invoke-Resource slot set '{"name":"pester"}'
        $first.Code | Should -Be 0
        $first.State._exist | Should -BeTrue
        $first.State.isOnLeader | Should -BeTrue
        $first.Different | Should -Be @('_exist')
        (Invoke-Resource slot set '{"name":"pester"}').Different | Should -HaveCount 0
    }

    It 'deletes it' {
        (Invoke-Resource slot delete '{"name":"pester"}').Code | Should -Be 0
        (Invoke-Resource slot get '{"name":"pester"}').State._exist | Should -BeFalse
    }

    It 'tells the verdict' {
        $test = Invoke-Resource health test '{}'
        $test.State._inDesiredState | Should -BeTrue
        $test.State.verdict | Should -BeExactly 'Healthy'
    }

    It 'refuses what its schema does not know' {
        (Invoke-Resource slot get '{"nam":"x"}').Code | Should -Be 2
    }
}

Describe 'Binding' {
    It 'takes connections from the pipeline' {
        $connection | Get-PatroniMember -ErrorAction Stop | Should -HaveCount 3
    }

    It 'selects members by wildcard and by name' {
        (Get-PatroniMember *03 -ErrorAction Stop).Member | Should -BeExactly $other
        (Get-PatroniMember $leader, $victim -ErrorAction Stop).Member | Should -BeExactly @($leader, $victim)
    }

    It 'selects streams, slots and replicas to plan for by wildcard' {
        (Get-PatroniReplication *03 -ErrorAction Stop).Member | Should -BeExactly $other
        (Get-PatroniSlot -SlotName *04 -ErrorAction Stop).SlotName | Should -BeExactly ($victim -replace '-', '_')
        (Get-ReplicaRecoveryPlan * -ErrorAction Stop).Member | Should -BeExactly @($other, $victim)
    }

    It 'takes slots and streams back into what gave them' {
        $slots = Get-PatroniSlot -ErrorAction Stop
        ($slots | Get-PatroniSlot -ErrorAction Stop).SlotName | Should -BeExactly $slots.SlotName
        (Get-PatroniReplication -ErrorAction Stop | Get-PatroniReplication -ErrorAction Stop).Member | Should -BeExactly @($other, $victim)
    }

    It 'reports a slot that is nowhere' {
        Get-PatroniSlot -SlotName no_such_slot -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures | Should -HaveCount 1
        $failures[0].TargetObject | Should -BeExactly 'no_such_slot'
    }

    It 'reports a name that no member has, and goes on' {
        $members = Get-PatroniMember nobody, $victim -ErrorVariable failures -ErrorAction SilentlyContinue
        $members.Member | Should -BeExactly $victim
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'NotConfigured,*'
        $failures[0].TargetObject | Should -BeExactly 'nobody'
    }

    It 'takes the members of one cmdlet into the next' {
        (Get-PatroniMember *0[34] -ErrorAction Stop | Test-WalAvailability -ErrorAction Stop).Member | Should -BeExactly @($other, $victim)
    }

    It 'binds results that have been through JSON, and through a file' {
        $results = Test-WalAvailability -ErrorAction Stop
        $back = $results | ConvertTo-Json -Depth 6 | ConvertFrom-Json
        $back.Member | Should -BeExactly @($other, $victim)
        $file = Join-Path $TestDrive 'results.json'
        ConvertTo-Json @($results) -Depth 6 | Set-Content $file
        (Get-Content $file -Raw | ConvertFrom-Json | Get-PatroniMember -ErrorAction Stop).Member | Should -BeExactly @($other, $victim)
    }

    It 'binds them by the cluster''s name when their connection is no longer open' {
        $json = Test-WalAvailability $victim -ErrorAction Stop | ConvertTo-Json -Depth 6
        $json = $json -replace [regex]::Escape("$($connection.ConnectionId)"), "$([guid]::NewGuid())"
        ($json | ConvertFrom-Json | Get-PatroniMember -ErrorAction Stop).Member | Should -BeExactly $victim
    }

    It 'writes an LSN as PostgreSQL does, in JSON as well' {
        $member = Get-PatroniMember $leader -ErrorAction Stop
        "$($member.WriteLsn)" | Should -Match '^[0-9A-F]+/[0-9A-F]+$'
    }
}

Describe 'Completion' {
    It 'offers members after <_> ' -ForEach 'Get-PatroniMember ', 'Get-PatroniMember -Member ', 'Test-WalAvailability -Member ', 'Invoke-ReplicaRebuild ', 'Restart-PatroniMember ', 'Invoke-PatroniSwitchover ', 'Protect-PatroniMember ', 'Set-PatroniMemberTag ', 'Repair-PatroniSlot -Member ' {
        Get-Completion $_ | Should -BeExactly $lab.members.name
    }

    It 'offers slots after <_>' -ForEach 'Get-PatroniSlot -SlotName ', 'Remove-PatroniSlot ', 'Repair-PatroniSlot ' {
        Get-Completion $_ | Should -BeExactly @($other, $victim | ForEach-Object { $_ -replace '-', '_' })
    }

    It 'offers connections' {
        Get-Completion 'Get-PatroniMember -Connection ' | Should -BeExactly "(Get-PatroniConnection $($lab.scope))"
    }

    It 'offers what begins with the word' {
        Get-Completion 'Get-PatroniMember bar-psqldb04' | Should -BeExactly 'bar-psqldb04'
    }

    It 'offers clusters' {
        Get-Completion 'Get-PatroniCluster -Cluster ' | Should -BeExactly $lab.scope
    }
}

Describe 'Runspaces and jobs' {
    It 'hands a connection to ForEach-Object -Parallel' {
        $names = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            ($using:connection | Get-PatroniCluster -ErrorAction Stop).Leader
        } -ThrottleLimit 3
        $names | Should -BeExactly @($leader, $leader, $leader)
    }

    It 'keeps the connections of runspaces apart' {
        $counts = 1 | ForEach-Object -Parallel { Import-Module $using:Manifest; @(Get-PatroniConnection).Count }
        $counts | Should -Be 0
    }

    It 'connects in a background job' {
        $job = Start-Job {
            Import-Module $using:Manifest
            $null = Connect-PatroniCluster -Uri $using:lab.members.api -PostgresCredential $using:observer -ErrorAction Stop
            Get-PatroniMember -ErrorAction Stop
        }
        try {
            $members = $job | Receive-Job -Wait -ErrorAction Stop
            $members.Member | Should -BeExactly $lab.members.name
            # What a job gives back means what it meant, looks as it looked, and binds as well.
            $members.Replication | Should -BeExactly @('Primary', 'Streaming', 'Streaming')
            $members[0].WriteLsn | Should -Match '^[0-9A-F]+/[0-9A-F]+$'
            (Get-Table $members)[4] | Should -Match "^$other\s+replica\s+running\s+Streaming\s+1\s+0/[0-9A-F]+\s+\d+ B"
            ($members[2] | Get-PatroniMember -ErrorAction Stop).Member | Should -BeExactly $victim
        }
        finally { Remove-Job $job -Force }
    }
}

Describe 'Ctrl+C' {
    # What the console does at Ctrl+C: the pipeline is stopped.
    It 'ends <Name>, and leaves nothing behind' -ForEach @(
        @{ Name = 'a watch'; Script = 'Watch-PatroniCluster -Connection $lent -Interval 1' }
        @{ Name = 'a measurement'; Script = 'Get-PatroniCluster -Connection $lent; Measure-WalRetention -Connection $lent -Over 10m' }
    ) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("param(`$lent) Import-Module '$Manifest'; $Script").AddArgument($connection)
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $null = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
            $deadline = [datetime]::UtcNow.AddMinutes(1)
            while ($output.Count -eq 0 -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 50 }
            $output.Count | Should -BeGreaterThan 0
            $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromMinutes(1)) | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
        # The connection was lent, and serves on.
        (Get-PatroniCluster -Connection $connection -ErrorAction Stop).Leader | Should -BeExactly $leader
    }
}

Describe '-WhatIf' {
    BeforeAll {
        # What the cmdlets below could change, as the servers and the nodes have it.
        function Get-Fingerprint {
            $states = $lab.members | ForEach-Object { $status = Get-RestStatus $_.name; "$($_.name) $($status.role) $($status.state) $($status.postmaster_start_time) $($status.pause)" }
            $slots = Get-PatroniSlot -ErrorAction Stop | ForEach-Object { "$($_.Member) $($_.SlotName)" }
            $files = $lab.members | ForEach-Object { (Get-FileHash $_.patroniConfig).Hash }
            @($states) + @($slots) + @($files) + (Invoke-RestMethod "$($lab.members[0].api)/config" | ConvertTo-Json -Depth 10) -join "`n"
        }
    }

    It 'changes nothing: <_>' -ForEach @(
        'Suspend-PatroniCluster -Wait', 'Restart-PatroniMember *', 'Invoke-PatroniSwitchover', 'Invoke-PatroniFailover $victim', 'Invoke-PatroniReload'
        'Set-PatroniConfiguration @{ ttl = 31 }', 'Protect-PatroniMember $victim -For 1h -FreeDisk 10GB', 'Repair-PatroniSlot', 'Invoke-ReplicaRebuild $victim'
        'Set-PatroniMemberTag $victim -NoFailover -PatroniConfigPath $lab.members[2].patroniConfig'
    ) {
        $before = Get-Fingerprint
        $null = & ([scriptblock]::Create("$_ -WhatIf -ErrorVariable script:failures -ErrorAction SilentlyContinue -WarningAction SilentlyContinue"))
        $script:failures | Should -BeNullOrEmpty
        Get-Fingerprint | Should -BeExactly $before
    }
}

Describe 'A healthy replica' {
    It 'is not rebuilt with -WhatIf: its PostgreSQL goes on' {
        $before = Get-RestStatus $victim
        Invoke-ReplicaRebuild $victim -WhatIf -ErrorVariable failures -ErrorAction SilentlyContinue
        Start-Sleep -Milliseconds 500
        $after = Get-RestStatus $victim
        $after.state | Should -BeExactly 'running'
        $after.postmaster_start_time | Should -BeExactly $before.postmaster_start_time
    }

    It 'the leader is refused' {
        $before = Get-RestStatus $leader
        $caught = try { Invoke-ReplicaRebuild $leader -Confirm:$false -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'Refused,*'
        $caught.TargetObject | Should -BeExactly $leader
        (Get-RestStatus $leader).postmaster_start_time | Should -BeExactly $before.postmaster_start_time
    }
}

Describe 'Steering' {
    It 'shows with -WhatIf what a setting would change, and changes nothing' {
        $before = (Get-PatroniConfiguration -ErrorAction Stop).Json
        $shown = Invoke-Fresh {
            Import-Module $env:MANIFEST
            Set-PatroniConfiguration -Uri $env:LAB_API @{ 'postgresql.parameters.wal_keep_size' = '2GB'; ttl = $null } -WhatIf
        } @{ LAB_API = $lab.members[0].api }
        $shown -join "`n" | Should -BeLike '*postgresql.parameters.wal_keep_size: 16MB -> 2GB*ttl: 20 -> (taken out)*'
        (Get-PatroniConfiguration -ErrorAction Stop).Json | Should -BeExactly $before
    }

    It 'changes a setting and takes it back' {
        $change = Set-PatroniConfiguration @{ 'postgresql.parameters.wal_sender_timeout' = '90s' } -ErrorAction Stop
        $change.IsApplied | Should -BeTrue
        Get-Table $change | Should -HaveCount 3
        (Set-PatroniConfiguration -Patch '{"postgresql": {"parameters": {"wal_sender_timeout": null}}}' -ErrorAction Stop).Changes.New | Should -BeNullOrEmpty
    }

    It 'pauses and resumes, and shows which members have noticed' {
        $pause = Suspend-PatroniCluster -Wait -ErrorAction Stop
        $pause.Seen | Should -BeExactly $lab.members.name
        (Get-RestStatus $victim).pause | Should -BeTrue
        (Resume-PatroniCluster -Wait -ErrorAction Stop).IsPaused | Should -BeFalse
        (Get-RestStatus $victim).pause | Should -BeNullOrEmpty
    }

    It 'names the candidate with -WhatIf, and keeps the leader' {
        $shown = Invoke-Fresh {
            Import-Module $env:MANIFEST
            $observer = [pscredential]::new($env:LAB_USER, (ConvertTo-SecureString $env:LAB_PASSWORD -AsPlainText -Force))
            Invoke-PatroniSwitchover -Uri $env:LAB_API -PostgresCredential $observer -WhatIf
        } @{ LAB_API = $lab.members[0].api; LAB_USER = $observer.UserName; LAB_PASSWORD = $observer.GetNetworkCredential().Password }
        $shown -join ' ' | Should -Match "from $leader to ($other|$victim)"
        (Get-PatroniCluster -ErrorAction Stop).Leader | Should -BeExactly $leader
    }

    It 'does not make the leader the leader: <_>' -ForEach 'Invoke-PatroniSwitchover', 'Invoke-PatroniFailover' {
        $caught = try { & $_ $leader -Confirm:$false -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'Refused,*'
        $caught.Exception.Message | Should -BeLike "*$leader is the leader already*"
    }

    It 'restarts a replica, which streams again' {
        $before = Get-RestStatus $victim
        $restart = Restart-PatroniMember $victim -Confirm:$false -ErrorAction Stop
        $restart.IsStreaming | Should -BeTrue
        (Get-RestStatus $victim).postmaster_start_time | Should -Not -Be $before.postmaster_start_time
    }
}

Describe 'Slots and protection' {
    It 'finds no slot to repair' {
        Repair-PatroniSlot -Confirm:$false -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'does not remove a slot that is in use' {
        $caught = try { Get-PatroniSlot -ErrorAction Stop | Select-Object -First 1 | Remove-PatroniSlot -Force -Confirm:$false -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'Refused,*'
        $caught.Exception.Message | Should -BeLike '*is in use*'
        Get-PatroniSlot -ErrorAction Stop | Should -HaveCount 2
    }

    It 'protects a member and lets it go' {
        $protection = Get-PatroniMember $victim -ErrorAction Stop | Protect-PatroniMember -For 1h -FreeDisk 10GB -ErrorAction Stop -WarningAction SilentlyContinue
        $protection.IsProtected | Should -BeTrue
        $protection.SlotName | Should -BeExactly ($victim -replace '-', '_')
        (Get-Table $protection)[1] | Should -Match 'Member\s+Go\s+Protected\s+Until'
        (Invoke-RestMethod "$($lab.members[0].api)/config").slots.PSObject.Properties.Name | Should -BeExactly $protection.SlotName
        ($protection | Unprotect-PatroniMember -ErrorAction Stop).IsProtected | Should -BeFalse
        (Invoke-RestMethod "$($lab.members[0].api)/config").slots | Should -BeNullOrEmpty
    }

    It 'refuses to protect the leader, and says no-go' {
        $answer = Protect-PatroniMember $leader -For 1h -ErrorVariable failures -ErrorAction SilentlyContinue
        $answer.IsGo | Should -BeFalse
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'Refused,*'
    }
}

Describe 'A member''s tags' {
    It 'are changed in its patroni.yml, and given back' {
        $file = $lab.members[2].patroniConfig
        $before = Get-Content $file -Raw
        $set = Set-PatroniMemberTag $victim -NoFailover -PatroniConfigPath $file -ErrorAction Stop
        $set.IsApplied | Should -BeTrue
        (Get-PatroniMember $victim -ErrorAction Stop).Tags.NoFailover | Should -BeTrue
        (Set-PatroniMemberTag $victim -NoFailover -Remove -PatroniConfigPath $file -ErrorAction Stop).IsApplied | Should -BeTrue
        Get-Content $file -Raw | Should -BeExactly $before
    }
}

Describe 'The incident' {
    BeforeAll {
        $output = & $LabProgram break wal-removed --directory $lab.directory 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The lab was not broken: $output" }
    }

    It 'looks healthy to Patroni' {
        (Get-RestStatus $victim).state | Should -BeExactly 'running'
        (Invoke-WebRequest "$($lab.members[2].api)/replica" -SkipHttpErrorCheck).StatusCode | Should -Be 200
    }

    It 'is found, with the missing segment and the reason' {
        $result = Test-WalAvailability $victim -ErrorAction Stop
        $result.Status | Should -Be 'Missing'
        $result.IsAvailable | Should -BeFalse
        $result.NeededSegment | Should -Match '^[0-9A-F]{24}$'
        $result.FirstMissingSegment | Should -BeExactly $result.NeededSegment
        $result.MissingBytes | Should -BeGreaterThan 16MB
        $result.IsSlotProtecting | Should -BeFalse
        $result.Reason | Should -BeLike "*$victim needs $($result.NeededSegment)*"
        $result.NextCommand | Should -BeLike 'Get-ReplicaRecoveryPlan *'
        Test-WalAvailability -Quiet -ErrorAction Stop | Should -BeFalse
    }

    It 'is shown in the table' {
        $row = Get-Table (Test-WalAvailability -ErrorAction Stop) | Where-Object { $_ -like "$victim*" }
        $row | Should -Match "^$victim\s+Missing\s+False\s+[0-9A-F]{24}\s+\d+\.\d MiB"
    }

    It 'is proved over the replication protocol with -Probe' {
        $result = Test-WalAvailability $victim -Probe -ReplicationCredential (New-LabCredential $lab.credentials.replication) -ErrorAction Stop
        $result.Probe | Should -Not -BeNullOrEmpty
        $result.Status | Should -Be 'Missing'
    }

    It 'the next command runs as it is printed, and -WhatIf changes nothing' {
        $before = Get-RestStatus $victim
        $null = & ([scriptblock]::Create((Test-WalAvailability $victim -ErrorAction Stop).NextCommand))
        Start-Sleep -Milliseconds 500
        $after = Get-RestStatus $victim
        $after.state | Should -BeExactly 'running'
        $after.postmaster_start_time | Should -BeExactly $before.postmaster_start_time
        (Test-WalAvailability $victim -ErrorAction Stop).Status | Should -Be 'Missing'
    }

    It 'is explained by the example, which changes nothing with -WhatIf' {
        $before = Get-RestStatus $victim
        $output = & $Root/examples/incidents/replica-needs-removed-wal.ps1 -Uri ($lab.members.api -join ',') -RestCredential $rest -PostgresCredential $observer -WhatIf
        $output | Should -HaveCount 1
        $output | Should -BeLike "$victim needs *"
        (Get-RestStatus $victim).postmaster_start_time | Should -BeExactly $before.postmaster_start_time
        Get-PatroniConnection | Should -HaveCount 1
    }

    It 'cannot be rescued with WAL that nobody has' {
        $caught = try { Restore-ReplicaWal $victim -Confirm:$false -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'Refused,*'
        $caught.TargetObject | Should -BeExactly $victim
        $caught.Exception.Message | Should -BeLike "*nothing was changed: no place that was read has *: the member must be rebuilt."
    }

    It 'is not repaired without confirmation where nobody can be asked' {
        $before = Get-RestStatus $victim
        $env:LAB_FILE = $labFile
        $null = Invoke-Fresh {
            Import-Module $env:MANIFEST
            $lab = Get-Content $env:LAB_FILE -Raw | ConvertFrom-Json
            $login = { [pscredential]::new($args[0].username, (ConvertTo-SecureString $args[0].password -AsPlainText -Force)) }
            $null = Connect-PatroniCluster -Uri $lab.members.api -Credential (& $login $lab.credentials.rest) -PostgresCredential (& $login $lab.credentials.observer)
            Invoke-ReplicaRebuild $lab.members[2].name 2>&1
        }
        (Get-RestStatus $victim).postmaster_start_time | Should -BeExactly $before.postmaster_start_time
    }

    It 'is repaired by one pipeline' {
        $result = Test-WalAvailability -ErrorAction Stop | Where-Object Status -eq Missing | Invoke-ReplicaRebuild -Confirm:$false -ErrorAction Stop
        $result | Should -HaveCount 1
        $result.Member | Should -BeExactly $victim
        $result.Steps.Count | Should -BeGreaterThan 1
        (Test-WalAvailability $victim -ErrorAction Stop).Status | Should -Be 'Streaming'
        (Get-PatroniCluster -ErrorAction Stop).StreamingCount | Should -Be 2
    }
}

Describe 'The end of a session' {
    It 'closes the connection; what follows says so' {
        $second = Connect-PatroniCluster -Uri $lab.members[1].api -PostgresCredential $observer -ErrorAction Stop
        Get-PatroniConnection | Should -HaveCount 2
        Disconnect-PatroniCluster
        Get-PatroniConnection | Should -HaveCount 1
        $second.IsOpen | Should -BeFalse
    }
}
