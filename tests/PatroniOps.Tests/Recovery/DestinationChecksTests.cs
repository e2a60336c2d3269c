using PatroniOps.Nodes;
using PatroniOps.Recovery.StandaloneBackups;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Recovery;

public sealed class DestinationChecksTests
{
    [Theory]
    [InlineData("/", false)]
    [InlineData("//", false)]
    [InlineData("backup", false)]
    [InlineData("", false)]
    [InlineData("/nowhere/at/all", false)]
    [InlineData("{folder}", false)]
    [InlineData("{folder}/file", false)]
    [InlineData("{folder}/file/below", false)]
    [InlineData("{folder}/new", true)]
    public async Task Only_a_directory_that_is_to_be_made_is_a_place_for_a_backup(string place, bool expected)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "file"), "kept");
        var check = await DestinationChecks.FreeAsync(new NodeFiles(Node.Of(new NodeOptions())), "here", place.Replace("{folder}", folder.Path, StringComparison.Ordinal), CancellationToken.None);

        Assert.Equal(expected, check.HasPassed);
        Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }
}
