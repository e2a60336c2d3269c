using PatroniOps.Patroni;

namespace PatroniOps.Tests.Patroni;

public sealed class PatroniUriTests
{
    [Theory]
    [InlineData("http://10.0.0.2:8008/patroni", "http://10.0.0.2:8008/")]
    [InlineData("https://db1/cluster?x=1", "https://db1/")]
    [InlineData("https://[2001:db8::1]:8008/patroni", "https://[2001:db8::1]:8008/")]
    [InlineData("http://me:secret@db1:8008/patroni", "http://db1:8008/")]
    [InlineData("ftp://db1:8008/", null)]
    [InlineData("db1", null)]
    [InlineData(null, null)]
    public void The_base_is_scheme_host_and_port_alone(string? text, string? expected) => Assert.Equal(expected, PatroniUri.Base(text)?.ToString());

    [Fact]
    public void A_servers_orders_for_a_terminal_are_not_repeated() =>
        Assert.Equal("503 ?]0;owned?\nnext\tline", new PatroniOpsException(FailureKind.Refused, "503 \u001b]0;owned\u0007\nnext\tline").Message);
}
