# One operation of a DSC v3 resource, as its manifest beside this file calls it: the instance comes as JSON on standard input, states go as JSON lines to
# standard output, messages as JSON lines to standard error. It runs in pwsh, and in patroniops as `patroniops resource TYPE OPERATION`.
# Logins come from the environment: PATRONIOPS_REST_USERNAME with _PASSWORD or _PASSWORD_FILE, and PATRONIOPS_PG_ likewise; addresses from the
# instance's uri, else from PATRONIOPS_URI, separated by commas.
param(
    [Parameter(Mandatory)][ValidateSet('Slot', 'DynamicConfiguration', 'ClusterHealth')][string]$Type,
    [Parameter(Mandatory)][ValidateSet('Get', 'Test', 'Set', 'WhatIf', 'Delete', 'Export')][string]$Operation
)
$codes = @{ NotConfigured = 2; Unreachable = 3; TlsFailed = 3; AuthenticationFailed = 4; PermissionDenied = 4; Refused = 5; InvalidAnswer = 5; TimedOut = 6 }

function Text([string]$value) { '"' + [System.Text.Json.JsonEncodedText]::Encode($value).ToString() + '"' }

function Tell([string]$level, [string]$message) { [Console]::Error.WriteLine("{""$level"":$(Text $message)}") }

function Login([string]$prefix) {
    $user = [Environment]::GetEnvironmentVariable("${prefix}_USERNAME")
    if (-not $user) { return }
    $file = [Environment]::GetEnvironmentVariable("${prefix}_PASSWORD_FILE")
    $password = if ($file) { [IO.File]::ReadAllText($file).TrimEnd("`r", "`n") } else { [Environment]::GetEnvironmentVariable("${prefix}_PASSWORD") }
    [pscredential]::new($user, [Net.NetworkCredential]::new('', $password).SecurePassword)
}

$exit = 0
try {
    # patroniops has it loaded.
    if (-not (Get-Command Invoke-PatroniResource -ErrorAction Ignore)) { Import-Module -Name ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'PatroniOps.psd1')) -ErrorAction Stop -Verbose:$false }
    $json = if ([Console]::IsInputRedirected) { [Console]::In.ReadToEnd().Trim() }
    $call = @{ Type = $Type; Operation = $Operation; Json = if ($json) { $json } else { '{}' }; Confirm = $false }
    if ($env:PATRONIOPS_URI) { $call.Uri = $env:PATRONIOPS_URI.Split(',') }
    if ($rest = Login PATRONIOPS_REST) { $call.Credential = $rest }
    if ($postgres = Login PATRONIOPS_PG) { $call.PostgresCredential = $postgres }
    Invoke-PatroniResource @call -Verbose 2>&1 3>&1 4>&1 | ForEach-Object {
        $record = $_
        switch ($record.GetType().Name) {
            'ErrorRecord' {
                Tell error $record.Exception.Message
                $code = $codes[$record.FullyQualifiedErrorId.Split(',')[0]]
                $exit = if ($code) { $code } else { 1 }
            }
            'WarningRecord' { Tell warn $record.Message }
            'VerboseRecord' { Tell info $record.Message }
            default {
                # A delete is to say nothing on standard output.
                if ($Operation -ne 'Delete') { [Console]::Out.WriteLine($record.Json) }
                if ($Operation -in 'Test', 'Set', 'WhatIf') { [Console]::Out.WriteLine('[' + (@($record.Different | ForEach-Object { Text $_ }) -join ',') + ']') }
            }
        }
    }
}
catch {
    Tell error $_.Exception.Message
    $exit = 1
}
$Host.SetShouldExit($exit)
exit $exit
