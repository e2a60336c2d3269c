using PatroniOps.Patroni;
using PatroniOps.Recovery.Planning;

namespace PatroniOps.Tests.Recovery.Planning;

public sealed class RestoreCommandChangeTests
{
    [Theory]
    [InlineData("cp /archive/%f %p")]
    [InlineData("""pgbackrest --stanza=main archive-get %f "%p" """)]
    public void A_command_says_what_to_fetch_and_where_to(string command) => RestoreCommandChange.Check(command);

    [Theory]
    [InlineData("cp /archive/%f here")]
    [InlineData("fetch %p")]
    [InlineData("true")]
    public void One_that_does_not_is_refused(string command) =>
        Assert.Contains("Nothing was changed", Assert.Throws<PatroniOpsException>(() => RestoreCommandChange.Check(command)).Message, StringComparison.Ordinal);
}
