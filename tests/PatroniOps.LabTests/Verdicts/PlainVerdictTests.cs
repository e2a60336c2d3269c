using PatroniOps.Lab;

namespace PatroniOps.LabTests.Verdicts;

/// <summary>A cluster of three without an archive.</summary>
public sealed class PlainVerdictLab() : VerdictLab(new LabOptions
{
    Directory = Recording.LabDirectory("plain"),
    MaxWalSenders = 6,
    MaxReplicationSlots = 4,
});

/// <summary>Each scenario gives exactly the verdict and findings written down for it, live and from its snapshot.</summary>
/// <remarks>
/// The short ones: dotnet test tests/PatroniOps.LabTests --filter "FullyQualifiedName~Verdicts&amp;Category!=Long". With Category=Long in its place, those
/// that wait for a ttl to pass or a stream to fall silent.
/// </remarks>
[Collection("Verdicts")]
public sealed class PlainVerdictTests(PlainVerdictLab lab) : IClassFixture<PlainVerdictLab>
{
    [Theory]
    [InlineData("healthy")]
    [InlineData("busy")]
    [InlineData("paused")]
    [InlineData("slot-dropped")]
    [InlineData("slots-full")]
    [InlineData("senders-full")]
    [InlineData("wrong-password")]
    [InlineData("wrong-password-living")]
    [InlineData("apply-delay")]
    [InlineData("permanent-slot-misplaced")]
    [InlineData("permanent-slot-dashes")]
    [InlineData("collation-outdated")]
    [InlineData("replay-paused")]
    [InlineData("replay-blocked")]
    [InlineData("patroni-unreachable")]
    [InlineData("leader-rest-hanging")]
    [InlineData("member-down")]
    [InlineData("postgres-down")]
    [InlineData("wal-removed")]
    [InlineData("slot-retaining")]
    [InlineData("wrong-system-identifier")]
    [InlineData("slot-name-collision")]
    [InlineData("swap-as-primary")]
    [InlineData("two-primaries")]
    [InlineData("diverged-old-leader")]
    public Task Gives_what_is_written_down(string scenario) => lab.PlayAsync(scenario);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("slot-missing-transient")]
    [InlineData("patroni-down")]
    [InlineData("member-absent")]
    [InlineData("quiet-stream")]
    public Task Gives_it_after_a_wait(string scenario) => lab.PlayAsync(scenario);
}
