using PatroniOps.Diagnosis;
using PatroniOps.Reporting.Terminal;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;
using PatroniOps.Watching;

namespace PatroniOps.Tests.Reporting.Terminal;

public sealed class WatchViewTests
{
    private readonly WatchView view = new();

    [Fact]
    public async Task A_cluster_is_shown_in_full()
    {
        var incident = await SnapshotFile.LoadAsync(Path.Combine(TestEnvironment.RepositoryRoot, "examples", "incidents", "wal-removed.json"), default);
        var watch = new ClusterWatch(TimeSpan.Zero, new Thresholds());
        view.See(watch.See(incident));
        view.See(watch.See(incident with { TakenAt = incident.TakenAt.AddSeconds(2) }));
        var lines = view.Lines(120, 50);

        Assert.Contains("PseudoHealthy", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  bar-psqldb03", lines[1], StringComparison.Ordinal);
        Assert.Contains("├─ bar-psqldb02", lines[2], StringComparison.Ordinal);
        Assert.Contains("└─ bar-psqldb04", lines[3], StringComparison.Ordinal);
        Assert.EndsWith("192 MiB ██", lines[3], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Contains('✕', StringComparison.Ordinal) && l.Contains("bar-psqldb04", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("Slots: ", StringComparison.Ordinal) && l.Contains("bar_psqldb04", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("Archiving: Off", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("Opened WalMissing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fleet_is_a_list_with_the_worst_first()
    {
        foreach (var number in Enumerable.Range(1, 40))
            view.See(new ClusterWatch(TimeSpan.Zero, new Thresholds()).See(number == 30 ? Named(number).Stuck("c", "0/2000000") : Named(number)));
        var lines = view.Lines(100, 20);

        Assert.Equal(20, lines.Count);
        Assert.Contains("40 clusters", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  cluster-30", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain text", 5, "plain")]
    [InlineData("\u001b[31mred\u001b[0m and more", 3, "\u001b[31mred\u001b[0m")]
    [InlineData("\u001b[31mred\u001b[0m and more", 7, "\u001b[31mred\u001b[0m and")]
    [InlineData("a\u001b]0;title\u0007b\r\nc", 40, "a?]0;title?b??c")]
    [InlineData("\u001b[2Jgone", 40, "?[2Jgone")]
    public void A_line_fits_and_holds_no_sequence_but_colours(string line, int width, string shown) => Assert.Equal(shown, ScreenLine.Cut(line, width));

    [Fact]
    public void Lag_is_a_line_of_blocks_with_gaps_where_it_was_not_known() => Assert.Equal("▁ ▅█", Sparkline.Of([0, null, 50, 100]));

    private static ClusterSnapshot Named(int number) => Cluster.Healthy() with { Cluster = $"cluster-{number}", ConnectionId = Guid.NewGuid() };
}
