using System.Text.RegularExpressions;
using PatroniOps.Diagnosis;
using PatroniOps.Help.Pages;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Help;

/// <summary>The runbook has every finding, in every language, with all of its parts.</summary>
public sealed partial class IncidentPageTests
{
    // Wait events of PostgreSQL, which the rules look for.
    private static readonly string[] NoFindings = ["BufferPin", "RecoveryConflict", "ReplicationSlotDrop"];

    private static readonly Dictionary<string, string[]> Parts = new()
    {
        ["en-US"] = ["Confirm: ", "Repair: ", "Prevent: "],
        ["zh-CN"] = ["确认：", "修复：", "预防："],
    };

    public static TheoryData<string> Languages => HelpFixture.Languages;

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_finding_has_its_section(string language)
    {
        var sections = Sections(language).ToList();
        var missing = Ids().Except(sections.Select(s => s.Heading)).ToList();
        Assert.True(missing.Count == 0, $"docs/{language}/about_PatroniOps_Incidents.md has no section for {string.Join(", ", missing)}.");
        Assert.Empty(sections.Select(s => s.Heading).Except(Ids()));
        Assert.Equal(sections.Count, sections.Select(s => s.Heading).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_section_says_what_it_means_and_how_to_confirm_repair_and_prevent_it(string language)
    {
        foreach (var section in Sections(language))
        {
            Assert.False(section.Paragraphs[0].StartsWith("- ", StringComparison.Ordinal), $"{section.Heading} does not begin with what it means.");
            var items = section.Paragraphs.Where(p => p.StartsWith("- ", StringComparison.Ordinal)).ToList();
            Assert.True(items.Count == 3 && items.Zip(Parts[language]).All(p => p.First.StartsWith("- " + p.Second, StringComparison.Ordinal) && p.First.Length > p.Second.Length + 4),
                $"{language} {section.Heading} must have the three items {string.Join(", ", Parts[language])}.");
        }
    }

    // The order is the same, so that the languages can be laid side by side.
    [Fact]
    public void The_languages_have_the_same_sections() => Assert.Equal(Sections("en-US").Select(s => s.Heading), Sections("zh-CN").Select(s => s.Heading));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_threshold_is_listed(string language)
    {
        var page = File.ReadAllText(Path.Combine(HelpFixture.Docs, language, "about_PatroniOps.md"));
        foreach (var property in typeof(Thresholds).GetProperties())
            Assert.True(page.Contains($"| {property.Name} |", StringComparison.Ordinal), $"docs/{language}/about_PatroniOps.md does not list the threshold {property.Name}.");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_cmdlet_is_listed(string language)
    {
        var page = File.ReadAllText(Path.Combine(HelpFixture.Docs, language, "about_PatroniOps.md"));
        foreach (var name in HelpFixture.Cmdlets.Keys)
            Assert.True(page.Contains(name, StringComparison.Ordinal), $"docs/{language}/about_PatroniOps.md does not name {name}.");
    }

    private static IEnumerable<Section> Sections(string language) => HelpFixture.About(language, "about_PatroniOps_Incidents").Children.SelectMany(s => s.Children);

    // The ids are texts in the rules, each rule a file: no list of them exists that could be forgotten.
    private static HashSet<string> Ids()
    {
        var rules = Directory.GetFiles(Path.Combine(TestEnvironment.RepositoryRoot, "src/PatroniOps/Diagnosis/Rules"), "*.cs");
        var ids = rules.SelectMany(f => Id().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Except(NoFindings).ToHashSet(StringComparer.Ordinal);
        Assert.True(ids.Count >= rules.Length, $"Only {ids.Count} findings were found in {rules.Length} rules.");
        return ids;
    }

    [GeneratedRegex("\"((?:[A-Z][a-z]+){2,})\"")]
    private static partial Regex Id();
}
