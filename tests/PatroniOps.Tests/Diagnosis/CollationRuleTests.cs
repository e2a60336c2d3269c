using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Diagnosis;

/// <summary>Libraries that sort text differ between nodes, or from what a database was made under.</summary>
public sealed class CollationRuleTests
{
    [Theory]
    [InlineData("2.36", null, "2.36", null, false)]
    [InlineData("2.36", null, "2.31", null, true)]
    [InlineData("2.36", "153.120", "2.36", "153.14", true)]
    [InlineData("2.36", "153.120", "2.36", null, false)]
    [InlineData(null, null, "2.36", "153.14", false)]
    public void Nodes_that_sort_by_other_versions_are_told_of_and_what_is_not_known_is_not(string? libc, string? icu, string? replicasLibc, string? replicasIcu, bool isTold)
    {
        var snapshot = Cluster.Healthy().With("a", m => Sorts(m, new(libc, icu))).With("b", m => Sorts(m, new(replicasLibc, replicasIcu))).With("c", m => Sorts(m, new(libc, icu)));

        Assert.Equal(isTold ? ["b CollationMismatch Warning"] : [], Findings(snapshot));
    }

    [Fact]
    public void A_database_of_another_version_is_told_of_on_each_node_that_has_outgrown_it()
    {
        var outdated = new CollationVersions("2.36", null) { Outdated = [new OutdatedCollation("shop", "2.30", "2.36")] };
        var snapshot = Cluster.Healthy().With("a", m => Sorts(m, outdated)).With("c", m => Sorts(m, outdated));

        Assert.Equal(["a CollationOutdated Warning", "c CollationOutdated Warning"], Findings(snapshot));
        Assert.Contains("shop (2.30, now 2.36)", ClusterDiagnosis.Judge(snapshot).Findings.First(f => f.Id == "CollationOutdated").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_are_read_as_the_server_gives_them()
    {
        var read = CollationVersions.Parse(JsonText.Parse("""{"libc": "2.36", "icu": null, "outdated": [{"database": "shop", "recorded": "2.30", "actual": "2.36"}, {"database": "odd"}]}"""));

        Assert.Equal(new OutdatedCollation("shop", "2.30", "2.36"), Assert.Single(read.Outdated));
        Assert.Empty(CollationVersions.Parse(JsonText.Parse("""{"libc": "2.36", "outdated": null}""")).Outdated);
    }

    [Fact]
    public void Only_a_server_that_has_the_function_is_asked_for_databases()
    {
        Assert.DoesNotContain("pg_database_collation_actual_version", CollationVersions.Sql(140000), StringComparison.Ordinal);
        Assert.Contains("pg_database_collation_actual_version", CollationVersions.Sql(150000), StringComparison.Ordinal);
    }

    private static MemberSnapshot Sorts(MemberSnapshot member, CollationVersions versions) => member.Sql(p => p with { Collations = Reading.Of(versions) });

    private static string[] Findings(ClusterSnapshot snapshot) =>
        [.. ClusterDiagnosis.Judge(snapshot).Findings.Where(f => f.Id.StartsWith("Collation", StringComparison.Ordinal)).Select(f => $"{f.Member} {f.Id} {f.Severity}")];
}
