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
