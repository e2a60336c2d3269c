using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Tests.Archives;

public sealed class PgBackRestRepositoryTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("\"ERROR\"", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("[]", "1")]
    [InlineData("[]", """{"\ud800": {}}""")]
    public void What_pgBackRest_does_not_write_is_refused_and_not_an_empty_repository(string info, string list) =>
        Assert.Equal(FailureKind.InvalidAnswer, Assert.Throws<PatroniOpsException>(() => PgBackRestRepository.Parse(info, list, WalSegment.DefaultSize, "node")).Kind);

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""[{"backup": "none"}]""")]
    [InlineData("""[{"backup": [7]}]""")]
    [InlineData("""[{"backup": [{"archive": 7, "info": []}]}]""")]
    public void A_repository_without_a_backup_has_none(string info) => Assert.Null(PgBackRestRepository.Parse(info, "{}", WalSegment.DefaultSize, "node").Label);
}
