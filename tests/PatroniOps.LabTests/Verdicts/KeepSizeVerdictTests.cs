using System.Text.Json.Nodes;
using PatroniOps.Lab;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>A cluster of three whose slots keep little WAL.</summary>
public sealed class KeepSizeVerdictLab() : VerdictLab(new LabOptions
{
    Directory = Recording.LabDirectory("keepsize"),
    MaxSlotWalKeepSize = "32MB",
    DynamicConfiguration = new JsonObject
    {
        ["postgresql"] = new JsonObject { ["parameters"] = new JsonObject { ["wal_sender_timeout"] = "10s" } },
    },
});

/// <summary>Each scenario gives exactly the verdict and findings written down for it, live and from its snapshot.</summary>
[Collection("Verdicts")]
public sealed class KeepSizeVerdictTests(KeepSizeVerdictLab lab) : IClassFixture<KeepSizeVerdictLab>
{
    [Theory]
    [InlineData("slot-lost")]
    [InlineData("slot-unreserved")]
    [InlineData("frozen-receiver")]
    [InlineData("receiver-stuck")]
    public Task Gives_what_is_written_down(string scenario) => lab.PlayAsync(scenario);
}
