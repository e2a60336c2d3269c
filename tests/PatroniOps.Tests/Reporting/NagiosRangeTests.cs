using CsCheck;
using PatroniOps.Patroni;
using PatroniOps.Reporting.Nagios;

namespace PatroniOps.Tests.Reporting;

public sealed class NagiosRangeTests
{
    // The table of the Monitoring Plugins' guidelines.
    [Theory]
    [InlineData("10", new[] { -1.0, 11 }, new[] { 0.0, 10 })]
    [InlineData("10:", new[] { 9.0 }, new[] { 10.0, 1e12 })]
    [InlineData("~:10", new[] { 11.0 }, new[] { 10.0, -1e12 })]
    [InlineData("10:20", new[] { 9.0, 21 }, new[] { 10.0, 20 })]
    [InlineData("@10:20", new[] { 10.0, 20 }, new[] { 9.0, 21 })]
    [InlineData("-5.5:-1", new[] { -6.0, 0 }, new[] { -5.5, -1 })]
    public void A_range_alerts_as_the_guidelines_say(string text, double[] alerts, double[] passes)
    {
        var range = NagiosRange.Parse(text);

        Assert.All(alerts, v => Assert.True(range.IsAlert(v)));
        Assert.All(passes, v => Assert.False(range.IsAlert(v)));
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData(":")]
    [InlineData("x")]
    [InlineData("20:10")]
    [InlineData("-5")]
    [InlineData("1,5")]
    [InlineData("1:2:3")]
    [InlineData("NaN")]
    [InlineData("10;20")]
    public void What_is_no_range_is_refused(string text) => Assert.Throws<PatroniOpsException>(() => NagiosRange.Parse(text));

    [Fact]
    public void Inside_is_the_opposite_of_outside() => Gen.Select(Gen.Int, Gen.Int, Gen.Int).Sample((from, to, value) =>
        from > to || NagiosRange.Parse($"{from}:{to}").IsAlert(value) != NagiosRange.Parse($"@{from}:{to}").IsAlert(value), iter: 2_000, threads: 2);
}
