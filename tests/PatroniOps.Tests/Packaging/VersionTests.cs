using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Packaging;

/// <summary>The version stands in Directory.Build.props; whatever has to name it too names the same (./release.sh version writes it).</summary>
public sealed class VersionTests
{
    private static readonly string Version = Find("Directory.Build.props", "<VersionPrefix>(.*)</VersionPrefix>");

    [Theory]
    [InlineData("PatroniOps.psd1", "ModuleVersion += '(.*)'")]
    [InlineData("examples/ansible/collections/ansible_collections/patroniops/patroniops/galaxy.yml", "version: (.*)")]
    public void A_file_names_the_same(string file, string pattern) => Assert.Equal(Version, Find(file, pattern));

    [Theory]
    [InlineData("module/dsc")]
    [InlineData("examples/dsc/patroniops")]
    public void Every_manifest_of_DSC_names_the_same(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(TestEnvironment.RepositoryRoot, folder), "*.dsc.resource.json");
        Assert.Equal(3, files.Length);
        Assert.All(files, f => Assert.Equal(Version, (string)JsonNode.Parse(File.ReadAllText(f))!["version"]!));
    }

    private static string Find(string file, string pattern) =>
        Regex.Match(File.ReadAllText(Path.Combine(TestEnvironment.RepositoryRoot, file)), $"^ *{pattern}$", RegexOptions.Multiline).Groups[1].Value;
}
