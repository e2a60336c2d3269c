using PatroniOps.Nodes;

namespace PatroniOps.Tests.Nodes;

public sealed class PathOfTests
{
    [Theory]
    [InlineData("/srv/pg/data", "/srv/pg", "data")]
    [InlineData("/srv/pg/data/", "/srv/pg", "data")]
    [InlineData("/data", "/", "data")]
    [InlineData("/", "/", "")]
    [InlineData("//", "/", "")]
    [InlineData("/a b/c'd", "/a b", "c'd")]
    public void A_path_has_a_parent_and_a_name(string path, string parent, string name) => Assert.Equal((parent, name), (PathOf.Parent(path), PathOf.Name(path)));

    [Theory]
    [InlineData("/srv/pg", "data", "/srv/pg/data")]
    [InlineData("/srv/pg/", "data", "/srv/pg/data")]
    [InlineData("/", "data", "/data")]
    public void Joining_puts_one_slash_between(string directory, string name, string expected) => Assert.Equal(expected, PathOf.Join(directory, name));
}
