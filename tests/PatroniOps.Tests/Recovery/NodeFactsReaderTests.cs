using PatroniOps.Recovery.Preflight;

namespace PatroniOps.Tests.Recovery;

public sealed class NodeFactsReaderTests
{
    [Theory]
    [InlineData("pg_basebackup (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", "15")]
    [InlineData("postgres (PostgreSQL) 18beta1\n", "18")]
    [InlineData("psql (PostgreSQL) 9.6.24\n", "9")]
    [InlineData("psql (EnterpriseDB) 15.1\n", null)]
    [InlineData("psql (PostgreSQL) devel\n", null)]
    [InlineData("", null)]
    public void A_programs_major_version_is_read_or_unknown(string text, string? expected) => Assert.Equal(expected, NodeFactsReader.Major(text));
}
