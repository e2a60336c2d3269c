using PatroniOps.Recovery.WalRescue;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Recovery;

/// <summary>What must hold before WAL is brought, judged on recorded clusters.</summary>
public sealed class WalRestorePreflightTests
{
    private static readonly string Folder = Path.Combine(Root(AppContext.BaseDirectory), "examples", "incidents");

    [Theory]
    [InlineData("restore-command-missing", "bar-psqldb04")]
    [InlineData("restore-command-missing", "BAR-PSQLDB04")]
    [InlineData("restore-command-failing", "bar-psqldb04")]
    public async Task WAL_that_lies_somewhere_can_be_brought(string incident, string member) =>
        Assert.All(WalRestorePreflight.Check(member, await LoadAsync(incident)), check => Assert.True(check.HasPassed, check.ToString()));

    [Theory]
    [InlineData("wal-removed", "bar-psqldb04", "no place that was read has")]
    [InlineData("archive-gap", "bar-psqldb04", "no place that was read has")]
    [InlineData("healthy", "bar-psqldb04", "streams from")]
    [InlineData("healthy", "bar-psqldb02", "is the leader")]
    [InlineData("healthy", "nobody", "has no member nobody. It has bar-psqldb02")]
    [InlineData("diverged-old-leader", "bar-psqldb02", "has diverged")]
    [InlineData("wrong-system-identifier", "bar-psqldb04", "another database cluster")]
    [InlineData("replay-paused", "bar-psqldb04", "its replay is paused")]
    public async Task What_would_be_of_no_use_is_refused_with_the_reason(string incident, string member, string reason) =>
        Assert.Contains(WalRestorePreflight.Check(member, await LoadAsync(incident)), check => check.HasPassed == false && check.Text.Contains(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData("postgres-down", "bar-psqldb04")]
    [InlineData("patroni-unreachable", "bar-psqldb04")]
    public async Task What_is_not_known_does_not_pass(string incident, string member) =>
        Assert.Contains(WalRestorePreflight.Check(member, await LoadAsync(incident)), check => check.HasPassed != true);

    private static Task<ClusterSnapshot> LoadAsync(string incident) => SnapshotFile.LoadAsync(Path.Combine(Folder, $"{incident}.json"), default);

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "PatroniOps.sln")) ? folder : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("PatroniOps.sln is not above the tests."));
}
