using PatroniOps.Archives;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting;

[Collection("PowerShell")]
public sealed class MetricCmdletTests : IDisposable
{
    private static readonly string Incidents = Path.Combine(TestEnvironment.RepositoryRoot, "examples", "incidents");

    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Several_clusters_and_what_other_cmdlets_found_become_one_text()
    {
        var test = new WalArchiveTest { Path = "/archive", Verdict = WalArchiveVerdict.Good, Reason = "nothing is missing" };
        var (output, errors, _) = session.Run("param($folder, $test) $s = Import-PatroniSnapshot $folder/wal-removed.json; $s, (Get-WalArchiveStatus -Snapshot $s), $test | ForEach-Object { $_ } | ConvertTo-PatroniMetric", Incidents, test);

        Assert.Empty(errors);
        var lines = Assert.Single(output).ToString()!.Split('\n');
        Assert.Contains(lines, l => l.StartsWith("patroniops_cluster_verdict{", StringComparison.Ordinal) && l.EndsWith("verdict=\"pseudo_healthy\"} 1", StringComparison.Ordinal));
        Assert.Contains("patroniops_archive_test_verdict{path=\"/archive\",verdict=\"good\"} 1", lines);
        Assert.Contains("patroniops_unread_clusters 0", lines);
        Assert.Equal(lines.Distinct().Count(), lines.Length);
        var families = lines.Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('{', ' ')[0]).ToList();
        Assert.Equal(families.Distinct().Count(), families.Zip(families.Skip(1)).Count(p => p.First != p.Second) + 1);
    }

    [Fact]
    public void A_cluster_that_does_not_answer_is_an_error_and_a_metric()
    {
        var closed = new StubServer();
        var uri = closed.Uri;
        closed.Dispose();
        var (output, errors, _) = session.Run($"ConvertTo-PatroniMetric -Uri {uri}");

        Assert.Single(errors);
        Assert.Contains("patroniops_unread_clusters 1\n", Assert.Single(output).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_what_the_text_is()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "demo.prom");
        var (output, errors, warnings) = session.Run("param($incidents, $file) $s = Import-PatroniSnapshot $incidents/healthy.json; $s | Export-PatroniMetric $file; $s | ConvertTo-PatroniMetric", Incidents, file);

        Assert.Empty(errors);
        Assert.Empty(warnings);
        Assert.Equal(file, ((FileInfo)output[0].BaseObject).FullName);
        Assert.Equal(output[1].ToString(), File.ReadAllText(file));
    }

    [Fact]
    public void A_file_that_the_collector_passes_over_is_warned_of_and_WhatIf_writes_none()
    {
        using var folder = new TemporaryFolder();
        var (_, _, warnings) = session.Run("param($incidents, $folder) $s = Import-PatroniSnapshot $incidents/healthy.json; $s | Export-PatroniMetric $folder/a.prom -WhatIf; $s | Export-PatroniMetric $folder/b.txt", Incidents, folder.Path);

        Assert.Contains(".prom", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(["b.txt"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error()
    {
        var error = Assert.Single(session.Run("param($incidents) Import-PatroniSnapshot $incidents/healthy.json | Export-PatroniMetric /proc/nothing/here.prom", Incidents).Errors);

        Assert.Contains("could not be written", error.ToString(), StringComparison.Ordinal);
    }
}
