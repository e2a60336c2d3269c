using PatroniOps.Archives;
using PatroniOps.Fuzz.Wal;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

[Collection("PowerShell")]
public sealed class WalArchiveCommandTests : IDisposable
{
    private readonly PowerShellSession session = new();
    private readonly TemporaryFolder folder = new();

    public WalArchiveCommandTests()
    {
        foreach (var (segment, content) in new SampleWal().Fill(4).Segments.Take(4))
            File.WriteAllBytes(Path.Combine(folder.Path, segment.Name), content);
    }

    public void Dispose()
    {
        session.Dispose();
        File.Delete(Path.Combine(TestEnvironment.StateFolder, "archive-gaps.jsonl"));
        folder.Dispose();
    }

    [Fact]
    public void An_archive_needs_no_connection()
    {
        var test = Assert.IsType<WalArchiveTest>(Assert.Single(Run("Test-WalArchive -Path $args[0]")));
        Assert.Equal((WalArchiveVerdict.Good, 4L), (test.Verdict, test.Count));
        Assert.Equal(true, Assert.Single(Run("Test-WalArchive $args[0] -Quiet")));
        Assert.Equal(true, Assert.Single(Run("[IO.DirectoryInfo]::new($args[0]) | Test-WalArchive -Quiet")));
        Assert.Equal(false, Assert.Single(Run("Test-WalArchive $args[0] -SystemIdentifier 42 -Quiet")));
        Assert.Equal(true, Assert.Single(Run("Test-WalArchive $args[0] -Deep -SkipSum -Quiet")));
        Assert.Equal("NameOnlyAndDeep,PatroniOps.Commands.TestWalArchiveCommand", Assert.Single(session.Run("Test-WalArchive $args[0] -Deep -NameOnly", folder.Path).Errors).FullyQualifiedErrorId);
        File.Delete(Path.Combine(folder.Path, "000000010000000000000005"));
        Assert.Equal(false, Assert.Single(Run("Test-WalArchive $args[0] -NameOnly -Quiet")));
        Assert.Equal(false, Assert.Single(Run("Test-WalArchive $args[0] -Quiet")));
        Assert.Contains("000000010000000000000005", Assert.Single(Run("\"$((Test-WalArchive $args[0] -GracePeriod 0.001).Gaps)\"")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_users_rights_and_the_way_to_a_host_go_through_the_pipeline()
    {
        File.Delete(Path.Combine(folder.Path, "000000010000000000000005"));
        var test = Assert.IsType<WalArchiveTest>(Assert.Single(session.Run("Test-WalArchive $args[0] -RunAs $args[1] -Deep -GracePeriod 0.001", folder.Path, Environment.UserName).Output).BaseObject);
        Assert.Equal((3L, 1, (string?)null, folder.Path), (test.Verification?.SegmentsRead, test.Gaps.Count, test.HostName, test.Path));
        Assert.IsType<WalArchiveGap>(Assert.Single(Run("Test-WalArchive $args[0] -GracePeriod 0.001 | Get-WalArchiveGap -GracePeriod 0.001")));
        var (output, errors, _) = session.Run("[pscustomobject]@{ Path = $args[0]; HostName = 'no-such-host.invalid' } | Get-WalArchiveGap", folder.Path);
        Assert.Empty(output);
        Assert.Contains("no-such-host.invalid", Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_approved_gap_is_still_shown_and_no_error_until_it_expires_or_grows()
    {
        File.Delete(Path.Combine(folder.Path, "000000010000000000000005"));
        const string Gaps = "Get-WalArchiveGap $args[0] -GracePeriod 0.001";
        Assert.Empty(Run($"{Gaps} | Approve-WalArchiveGap -Reason 'the disk was full' -For 30d -WhatIf"));
        Assert.Equal(WalArchiveGapStatus.Open, Assert.IsType<WalArchiveGap>(Assert.Single(Run(Gaps))).Status);
        Assert.IsType<WalArchiveGapApproval>(Assert.Single(Run($"{Gaps} | Approve-WalArchiveGap -Reason 'the disk was full' -For 0.5")));
        Assert.Equal("the disk was full", Assert.IsType<WalArchiveGap>(Assert.Single(Run(Gaps))).Approval?.Reason);
        Thread.Sleep(600);
        Assert.Equal(WalArchiveGapStatus.Open, Assert.IsType<WalArchiveGap>(Assert.Single(Run(Gaps))).Status);
        Run($"{Gaps} | Approve-WalArchiveGap -Reason 'the disk was full' -For 30d");
        Assert.Equal(WalArchiveGapStatus.Approved, Assert.IsType<WalArchiveGap>(Assert.Single(Run(Gaps))).Status);
        Assert.Equal(true, Assert.Single(Run("Test-WalArchive $args[0] -GracePeriod 0.001 -Quiet")));
        File.Delete(Path.Combine(folder.Path, "000000010000000000000006"));
        Assert.Equal(WalArchiveGapStatus.Open, Assert.IsType<WalArchiveGap>(Assert.Single(Run(Gaps))).Status);
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error_and_no_pass()
    {
        var (output, errors, _) = session.Run("Test-WalArchive \"$($args[0])/nowhere\" -Quiet", folder.Path);
        Assert.StartsWith("Unreachable,", Assert.Single(errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(false, Assert.Single(output).BaseObject);
    }

    private IReadOnlyList<object> Run(string script)
    {
        var (output, errors, _) = session.Run(script, folder.Path);
        Assert.Empty(errors);
        return [.. output.Select(o => o.BaseObject)];
    }
}
