using PatroniOps.Lab;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>A cluster of three with an archive in a plain directory.</summary>
public sealed class ArchiveVerdictLab() : VerdictLab(new LabOptions
{
    Directory = Recording.LabDirectory("archive"),
    Archive = ArchiveKind.Directory,
});

/// <summary>Each scenario gives exactly the verdict and findings written down for it, live and from its snapshot.</summary>
[Collection("Verdicts")]
public sealed class ArchiveVerdictTests(ArchiveVerdictLab lab) : IClassFixture<ArchiveVerdictLab>
{
    [Theory]
    [InlineData("healthy")]
    [InlineData("archive-gap")]
    [InlineData("restore-command-missing")]
    [InlineData("restore-command-failing")]
    [InlineData("catching-up-from-archive")]
    [InlineData("archiver-failing")]
    [InlineData("archive-command-lies")]
    public Task Gives_what_is_written_down(string scenario) => lab.PlayAsync(scenario);
}
