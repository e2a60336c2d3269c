# What the suites share. Dot-source it in BeforeAll.
$Root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$Manifest = Join-Path $Root 'PatroniOps.psd1'
$LabProgram = Join-Path $Root 'tests/PatroniOps.Lab/bin/Release/net10.0/patroniops-lab'
if (-not $env:PATRONIOPS_STATE) { $env:PATRONIOPS_STATE = Join-Path ([IO.Path]::GetTempPath()) "patroniops-pester-$PID" }

# A script block in a pwsh of its own; only text comes back.
function Invoke-Fresh([scriptblock] $Script, [hashtable] $Environment = @{}) {
    $Environment.MANIFEST = $Manifest
    $saved = @{}
    foreach ($name in $Environment.Keys) {
        $saved[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Environment[$name])
    }
    try {
        & ([Environment]::ProcessPath) -NoLogo -NoProfile -NonInteractive -Command "$Script"
    }
    finally {
        foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) }
    }
}

# An Npgsql of another version than the module's own, from the NuGet cache; fetched when it is not there.
function Get-OtherNpgsql {
    $own = [Reflection.AssemblyName]::GetAssemblyName((Join-Path $Root 'module/bin/deps/Npgsql.dll')).Version
    $cache = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME '.nuget/packages')
    $find = { Get-ChildItem (Join-Path $cache 'npgsql') -Recurse -Filter Npgsql.dll -ErrorAction Ignore | Where-Object FullName -match 'lib.net[6-9]' | Where-Object { [Reflection.AssemblyName]::GetAssemblyName($_.FullName).Version -ne $own } | Select-Object -First 1 }
    $found = & $find
    if (-not $found) {
        $project = Join-Path ([IO.Path]::GetTempPath()) "patroniops-other-npgsql-$PID"
        $null = New-Item $project -ItemType Directory -Force
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup><PackageReference Include="Npgsql" Version="9.0.3" /></ItemGroup></Project>' | Set-Content (Join-Path $project 'other.csproj')
        $log = dotnet restore (Join-Path $project 'other.csproj') 2>&1
        Remove-Item $project -Recurse -Force
        $found = & $find
        if (-not $found) { throw "There is no other version of Npgsql to load: $log" }
    }
    $found.FullName
}

function New-LabCredential($Login) {
    [pscredential]::new($Login.username, (ConvertTo-SecureString $Login.password -AsPlainText -Force))
}

# What a developer would see on the screen.
function Get-Table($Objects, [int] $Width = 160) {
    @(($Objects | Format-Table | Out-String -Width $Width) -replace '\x1b\[[0-9;]*m' -split '\r?\n' | Where-Object { $_.Trim() })
}

# What Tab offers.
function Get-Completion([string] $Line) {
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
}

# An object of a type as the module gives them out, with values as long as real ones are; without a public constructor there is none.
function New-Sample([type] $Type, [string] $Name = '') {
    if ($underlying = [Nullable]::GetUnderlyingType($Type)) { $Type = $underlying }
    switch ($Type) {
        ([string]) { return Get-SampleText $Name }
        ([bool]) { return $true }
        ([guid]) { return [guid]'8b58b5af-e3d4-45aa-af4e-12b3e83a8e8b' }
        ([uri]) { return [uri]'http://bar-psqldb-member-04.example.org:8008/' }
        ([timespan]) { return [timespan]::new(1, 2, 3, 4) }
        ([System.DateTimeOffset]) { return [System.DateTimeOffset]::new(2026, 11, 23, 2, 46, 11, [timespan]::Zero) }
        ([double]) { return 1234567.5 }
    }
    if ($Type.IsEnum) { return [enum]::Parse($Type, ([enum]::GetNames($Type) | Sort-Object Length | Select-Object -Last 1)) }
    if ($Type.IsPrimitive) { return [convert]::ChangeType($(if ($Name -match 'Count$') { 1234 } elseif ($Type -in [long], [ulong]) { 123456789012 } else { 21 }), $Type) }
    if ($Type.IsGenericType -and $Type.Name -like 'IReadOnlyDictionary*') {
        $pairs = [System.Collections.Generic.Dictionary[string, string]]::new()
        $pairs['max_slot_wal_keep_size'] = '64GB'
        return , $pairs
    }
    if ($Type.IsGenericType) {
        $items = [array]::CreateInstance($Type.GenericTypeArguments[0], 2)
        foreach ($i in 0, 1) { $items[$i] = New-Sample $Type.GenericTypeArguments[0] $Name }
        return , $items
    }
    $constructor = $Type.GetConstructors() | Sort-Object { $_.GetParameters().Count } | Select-Object -Last 1
    if (-not $constructor) { return $null }
    $parameters = $constructor.GetParameters()
    $arguments = [object[]]::new($parameters.Count)
    for ($i = 0; $i -lt $parameters.Count; $i++) { $arguments[$i] = ConvertTo-Value (New-Sample $parameters[$i].ParameterType $parameters[$i].Name) $parameters[$i].ParameterType }
    $sample = $constructor.Invoke($arguments)
    foreach ($property in $Type.GetProperties() | Where-Object { $_.CanWrite -and -not $_.GetMethod.IsStatic -and -not $parameters.Count }) {
        $property.SetValue($sample, (ConvertTo-Value (New-Sample $property.PropertyType $property.Name) $property.PropertyType))
    }
    $sample
}

# A value as reflection wants it, without PowerShell's wrapper.
function ConvertTo-Value($Value, [type] $Type) { if ($null -ne $Value) { , [System.Management.Automation.LanguagePrimitives]::ConvertTo($Value, $Type) } }

function Get-SampleText([string] $Name) {
    switch -Regex ($Name) {
        '^(Member|Upstream|Leader|OldLeader|NewLeader|ForMember|Source|NodeName|ScheduledSwitchoverTo|Following|Seen|Members)$' { return 'bar-psqldb-member-04' }
        '^Cluster$' { return 'production-orders' }
        '^SlotName$' { return 'bar_psqldb_member_04' }
        '^(First|Last|Segments?|Before|After|Name)$|Segment$|Wal$' { return '0000000A000001B3000000D8' }
        '^(Path|Location|Repository|.*Directory)$' { return '/var/lib/pgbackrest/archive/production' }
        '^(Label|Parent|Chain)$' { return '20261123-024611F_20261123-024614I' }
        '^SystemIdentifier$' { return '7342342342342342342' }
        '^(JournalId|Id)$' { return '532ae511' }
        '^(State|Role)$' { return 'running' }
        '^(SenderState|ReceiverStatus)$' { return 'streaming' }
        '^SyncState$' { return 'potential' }
        '^WalStatus$' { return 'unreserved' }
        '^(ApprovedBy|PostgresUserName)$' { return 'patroni_observer' }
        '^Setting$' { return 'max_parallel_maintenance_workers' }
        '^(Current|Recommended)$' { return '1073741824' }
        '^Sources$' { return 'bar-psqldb-member-04' }
        '^PatroniVersion$' { return '4.1.4' }
    }
    'the reason is told in a sentence that is longer than the screen has room for, and goes on for a while after that'
}

# Objects as another session gets them: remoting and jobs go one level deep, but for what a type asks for itself.
function Send-ThroughRemoting($Objects) {
    [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Objects, 1))
}

# The labels of a type's table or list.
function Get-ViewLabel([string] $TypeName, [string] $Kind) {
    $control = (Get-FormatData -TypeName $TypeName).FormatViewDefinition.Control | Where-Object { $_.GetType().Name -eq $Kind }
    if ($Kind -eq 'TableControl') { $control.Headers.Label } else { $control.Entries.Items | ForEach-Object { $_.Label ? $_.Label : $_.DisplayEntry.Value } }
}
