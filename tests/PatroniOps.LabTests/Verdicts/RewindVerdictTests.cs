using PatroniOps.Lab;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>A cluster of three with use_pg_rewind.</summary>
public sealed class RewindVerdictLab() : VerdictLab(new LabOptions
{
    Directory = Recording.LabDirectory("rewind"),
    UsePgRewind = true,
});

/// <summary>Each scenario gives exactly the verdict and findings written down for it, live and from its snapshot.</summary>
[Collection("Verdicts")]
public sealed class RewindVerdictTests(RewindVerdictLab lab) : IClassFixture<RewindVerdictLab>
{
    [Theory]
    [InlineData("swap-accident")]
    public Task Gives_what_is_written_down(string scenario) => lab.PlayAsync(scenario);
}
