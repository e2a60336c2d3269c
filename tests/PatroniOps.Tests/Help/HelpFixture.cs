using PatroniOps.Help.Cmdlets;
using PatroniOps.Help.Pages;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Help;

/// <summary>The cmdlets, and where their pages lie.</summary>
public static class HelpFixture
{
    internal static string Docs { get; } = Path.Combine(TestEnvironment.RepositoryRoot, "docs");

    internal static string Pages { get; } = Path.Combine(Docs, "en-US");

    internal static SharedParameters Shared { get; } = SharedParameters.Read(Pages);

    internal static IReadOnlyDictionary<string, CmdletShape> Cmdlets { get; } = Read();

    public static TheoryData<string> Names => [.. Cmdlets.Keys];

    /// <summary>Names of cmdlets that have a page.</summary>
    public static IEnumerable<string> PageNames => Directory.EnumerateFiles(Pages, "*-*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    /// <summary>The languages of an about_ page.</summary>
    public static TheoryData<string> Languages => ["en-US", "zh-CN"];

    internal static HelpPage Page(string name)
    {
        Assert.True(File.Exists(PageReader.PathOf(Pages, name)), $"{name} has no page: write docs/en-US/{name}.md in the shape of the others there.");
        return PageReader.Read(Pages, name);
    }

    internal static Section About(string language, string topic) => Assert.Single(Section.Parse(File.ReadAllText(Path.Combine(Docs, language, topic + ".md"))).Children);

    private static Dictionary<string, CmdletShape> Read()
    {
        using var catalogue = CmdletCatalogue.Open();
        return catalogue.Cmdlets.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }
}
