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
}
