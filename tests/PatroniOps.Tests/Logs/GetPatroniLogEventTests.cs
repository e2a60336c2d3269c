using System.Management.Automation;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Logs;

public sealed class GetPatroniLogEventTests : IDisposable
{
    private const string Promote = "2026-11-22 17:47:54.337 UTC [1] LOG:  received promote request\n";

    private readonly TemporaryFolder folder = new();
    private readonly PowerShellSession session = new();

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Paths_folders_wildcards_and_files_from_the_pipeline_are_taken()
    {
        folder.Write("a.log", Promote);
        folder.Write("b[1].log", Promote);
        folder.Write("c.txt", Promote);

        Assert.Equal(2, Count($"Get-PatroniLogEvent '{folder.Path}'"));
        Assert.Equal(3, Count($"Get-PatroniLogEvent '{folder.Path}/*.*'"));
        Assert.Equal(3, Count($"[IO.DirectoryInfo]::new('{folder.Path}').GetFiles() | Get-PatroniLogEvent"));
        Assert.Equal(1, Count($"Get-PatroniLogEvent -LiteralPath '{folder.Path}/b[1].log'"));
        Assert.Equal(1, Count($"'{folder.Path}/a.log' | Get-PatroniLogEvent -Kind PromoteRequested -Member n1 | Where-Object Member -eq n1"));
        Assert.Equal(0, Count($"Get-PatroniLogEvent '{folder.Path}/a.log' -Kind Demoted"));
        Assert.Equal(0, Count($"Get-PatroniLogEvent '{folder.Path}/a.log' -After '2026-11-22T17:47:55Z'"));
        Assert.Equal(1, Count($"Get-PatroniLogEvent '{folder.Path}/a.log' -After '2026-11-22T17:47:54Z' -Before '2026-11-22T17:48:00Z'"));
    }

    [Fact]
    public void A_file_that_fails_does_not_hide_the_others()
    {
        folder.Write("a.log", Promote);
        File.WriteAllBytes(Path.Combine(folder.Path, "b.gz"), [0x1f, 0x8b, 8, 0, 0, 0]);
        folder.Write("empty.log", "");

        var (output, errors, _) = session.Run($"Get-PatroniLogEvent '{folder.Path}/nothing.log', '{folder.Path}/b.gz', '{folder.Path}/empty.log', '{folder.Path}/a.log'");

        Assert.Single(output);
        Assert.Equal(["LogFileNotFound", "LogFileDamaged"], errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal([ErrorCategory.ObjectNotFound, ErrorCategory.InvalidData], errors.Select(e => e.CategoryInfo.Category));
    }

    [Fact]
    public void Another_language_warns_even_when_only_one_kind_is_wanted()
    {
        folder.Write("a.log", "2026-11-22 17:47:54.337 CET [1] FEHLER:  Replikations-Slot »b« existiert nicht\n");
        var (output, _, warnings) = session.Run($"Get-PatroniLogEvent '{folder.Path}/a.log' -Kind SlotDoesNotExist");
        Assert.Empty(output);
        Assert.Contains("lc_messages", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_zone_is_told_when_times_are_compared()
    {
        folder.Write("a.log", "2026-11-22 17:47:54,337 INFO: reinitialize in progress\n");
        Assert.Single(session.Run($"Get-PatroniLogEvent '{folder.Path}/a.log' -After '2026-11-22T17:00:00Z'").Warnings);
        Assert.Empty(session.Run($"Get-PatroniLogEvent '{folder.Path}/a.log' -After '2026-11-22T17:00:00Z' -UtcOffset 0").Warnings);
        Assert.Empty(session.Run($"Get-PatroniLogEvent '{folder.Path}/a.log'").Warnings);
    }

    private int Count(string script)
    {
        var (output, errors, _) = session.Run(script);
        Assert.Empty(errors);
        return output.Count;
    }
}
