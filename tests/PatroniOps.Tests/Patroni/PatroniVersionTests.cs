using PatroniOps.Patroni;

namespace PatroniOps.Tests.Patroni;

public sealed class PatroniVersionTests
{
    [Theory]
    [InlineData("4.1.4", "4.1.4")]
    [InlineData("3.0.2-1", "3.0.2")]
    [InlineData("v3.3", "3.3.0")]
    [InlineData("4", "4.0.0")]
    [InlineData("4.0.0rc1", "4.0.0")]
    [InlineData("4.1rc2.7", "4.1.0")]
    [InlineData(" 2.1.7 ", "2.1.7")]
    [InlineData("3.2.1.dev5", "3.2.1")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    [InlineData("unknown", null)]
    [InlineData("99999999999.1", null)]
    public void The_leading_numbers_count(string? text, string? expected) => Assert.Equal(expected, PatroniVersion.Parse(text)?.ToString());
}
