using System.Text.Json.Nodes;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>A cluster of three in which the last replica streams from the other one.</summary>
public sealed class CascadeVerdictLab() : VerdictLab(new LabOptions
{
    Directory = Recording.LabDirectory("cascade"),
    Tags = new Dictionary<string, JsonObject> { ["bar-psqldb04"] = new() { ["replicatefrom"] = "bar-psqldb03" } },
});

/// <summary>Each scenario gives exactly the verdict and findings written down for it, live and from its snapshot.</summary>
[Collection("Verdicts")]
public sealed class CascadeVerdictTests(CascadeVerdictLab lab) : IClassFixture<CascadeVerdictLab>
{
    [Theory]
    [InlineData("healthy")]
    [InlineData("cascade-upstream-broken")]
    public Task Gives_what_is_written_down(string scenario) => lab.PlayAsync(scenario);
}
