namespace PatroniOps.Host.Reporting;

/// <summary>What pwsh has and the bare engine has not, and what to write instead.</summary>
internal static class AbsentCommands
{
    private const string ByOutput = "-Output table, list, json or csv renders the objects";

    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase);

    static AbsentCommands()
    {
        Advise(ByOutput, "Format-Table", "Format-List", "Format-Wide", "Format-Custom", "ft", "fl", "fw", "Out-String", "oss",
            "ConvertTo-Json", "ConvertTo-Csv", "ConvertTo-Xml", "ConvertTo-Html", "Export-Clixml");
        Advise(ByOutput + ", and the shell's > writes the file", "Export-Csv", "epcsv", "Out-File", "Set-Content", "sc", "Add-Content", "ac", "Tee-Object", "tee");
        Advise("ForEach-Object { [pscustomobject]@{ Name = $_.Name } } picks properties, @($items)[0] picks items", "Select-Object", "select");
        Advise("[Linq.Enumerable]::OrderBy or [array]::Sort sorts, and so does a program behind -Output csv or json", "Sort-Object", "sort", "Get-Unique", "gu");
        Advise("a hashtable filled in ForEach-Object groups, @($items).Count counts", "Group-Object", "group", "Measure-Object", "measure");
        Advise("an expression on a line of its own writes objects, and a double-quoted string writes text", "Write-Host", "Write-Output", "echo", "write");
        Advise("throw 'message' ends with an error, and $Host.UI.WriteWarningLine('message') warns", "Write-Error", "Write-Warning", "Write-Verbose", "Write-Debug", "Write-Information", "Write-Progress");
        Advise("patroniops never prompts; $RestCredential and $PostgresCredential come from options or the environment (patroniops --help)", "Get-Credential", "Read-Host");
        Advise("[DateTimeOffset]::UtcNow is the time and [TimeSpan] a duration", "Get-Date", "New-TimeSpan");
        Advise("[Threading.Thread]::Sleep(1000) waits a second", "Start-Sleep", "sleep");
        Advise("[TypeName]::new(...) makes an object and [pscustomobject]@{ } a record", "New-Object", "Add-Type", "Add-Member");
        Advise("[IO.File]::ReadAllText(path) and [IO.File]::ReadAllLines(path) read files", "Get-Content", "gc", "type", "Import-Csv", "Import-Clixml", "Import-PowerShellDataFile");
        Advise("[Text.Json.JsonDocument]::Parse(text) reads JSON, and Import-PatroniSnapshot reads snapshots", "ConvertFrom-Json", "ConvertFrom-Csv");
        Advise("[IO.File]::Exists, [IO.Directory]::GetFiles and [IO.Path]::Combine look at files", "Test-Path", "Get-ChildItem", "Get-Item", "gci", "dir", "Join-Path", "Split-Path", "Resolve-Path");
        Advise("$name = value sets a variable, $env:NAME reads the environment", "Set-Variable", "Get-Variable", "New-Variable", "Set-Item", "New-Item");
        Advise("[Net.Http.HttpClient] talks HTTP", "Invoke-WebRequest", "Invoke-RestMethod", "iwr", "irm");
        Advise("[regex]::Match and the -match operator search text", "Select-String");
        Advise("", "Compare-Object", "Get-Member", "gm", "Get-Random", "Get-Host", "Get-Process", "Start-Process", "Stop-Process", "Get-Service", "Start-Service",
            "Stop-Service", "Restart-Service", "Copy-Item", "Move-Item", "Remove-Item", "Rename-Item", "Get-Location", "Set-Location", "Push-Location", "Pop-Location",
            "Get-Culture", "Get-FileHash", "Get-FormatData", "Get-TypeData", "Update-FormatData", "Update-TypeData", "Get-UICulture", "Get-Uptime", "Invoke-Expression",
            "Measure-Command", "New-Guid", "New-TemporaryFile", "Register-ObjectEvent", "Send-MailMessage", "Show-Markdown", "Test-Json", "Wait-Event", "Wait-Process",
            "ConvertFrom-SecureString", "ConvertTo-SecureString", "Get-ExecutionPolicy", "Set-ExecutionPolicy", "Start-Transcript", "Stop-Transcript", "Get-Alias",
            "Set-Alias", "Get-PSDrive", "Test-Connection", "Get-ItemProperty", "Set-ItemProperty", "Clear-Host", "Install-Module", "Find-Module");
    }

    /// <returns>The sentences to add to the error; null when pwsh has no such command either.</returns>
    public static string? AdviceFor(string name)
    {
        if (!Instead.TryGetValue(name, out var advice))
            return null;
        const string Reason = "patroniops is the PowerShell engine without pwsh's utility modules";
        return advice.Length == 0 ? $"{Reason}; run the script in pwsh." : $"{Reason}: {advice}.";
    }

    private static void Advise(string advice, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            Instead[name] = advice;
    }
}
