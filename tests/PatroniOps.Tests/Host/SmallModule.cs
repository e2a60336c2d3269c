namespace PatroniOps.Tests.Host;

/// <summary>A folder with a small module under the name of ours, so that these tests look at the host alone.</summary>
public sealed class SmallModule : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patroniops-host-");

    public SmallModule() => WriteTo(_folder.FullName);

    public string Folder => _folder.FullName;

    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "PatroniOps.psd1"), """
            @{
                RootModule = 'PatroniOps.psm1'
                ModuleVersion = '9.8.7'
                GUID = '5a8bd0d8-6a4f-4b39-9d2a-2a4a4ea0a5b5'
                FunctionsToExport = @('Get-Sample', 'Remove-Sample', 'Write-Stream')
                CmdletsToExport = @()
                AliasesToExport = @()
            }
            """);
        File.WriteAllText(Path.Combine(folder, "PatroniOps.psm1"), """
            function Get-Sample {
                [CmdletBinding()]
                param([Parameter(Position = 0)][string[]]$Name = @('a'), [switch]$Quiet, [int]$Count = 1)
                foreach ($one in $Name) { [pscustomobject]@{ Name = $one; Quiet = [bool]$Quiet; Count = $Count } }
            }
            function Remove-Sample {
                [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
                param([Parameter(Mandatory)][string]$Name)
                if ($PSCmdlet.ShouldProcess($Name, 'Remove')) { "removed $Name" }
            }
            function Write-Stream {
                [CmdletBinding()]
                param()
                $PSCmdlet.WriteWarning('a warning')
                $PSCmdlet.WriteVerbose('a detail')
                $PSCmdlet.WriteDebug('a trace')
                'an object'
            }
            """);
    }

    public string AddFile(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
