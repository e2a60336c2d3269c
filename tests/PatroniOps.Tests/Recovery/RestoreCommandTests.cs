using PatroniOps.Recovery.WalRescue;

namespace PatroniOps.Tests.Recovery;

public sealed class RestoreCommandTests
{
    [Theory]
    [InlineData("cp /archive/%f %p", "cp /archive/NAME pg_wal/TARGET")]
    [InlineData("get \"%f\" \"%p\" --keep %r", "get \"NAME\" \"pg_wal/TARGET\" --keep 000000010000000000000000")]
    [InlineData("date +%%F; cp %f.%x %p%", "date +%F; cp NAME.%x pg_wal/TARGET%")]
    [InlineData("", "")]
    public void Placeholders_are_PostgreSQLs(string command, string expected) => Assert.Equal(expected, RestoreCommand.Expand(command, "NAME", "pg_wal/TARGET"));
}
