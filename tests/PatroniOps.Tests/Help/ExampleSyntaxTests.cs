using System.Management.Automation.Language;

namespace PatroniOps.Tests.Help;

/// <summary>All code of the help parses, and names cmdlets and parameters that exist. That it does what it says is seen on the lab.</summary>
public sealed class ExampleSyntaxTests
{
    // What the bare engine has; everything else would not run in patroniops.
    private static readonly string[] OfTheEngine = ["Where-Object", "ForEach-Object"];

    // As the tests on the lab know them.
    private static readonly string[] States = ["", "offline", "unconnected", "broken", "copied"];

    public static TheoryData<string> Names => HelpFixture.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_examples_of_a_cmdlet_can_run(string name)
    {
        foreach (var example in HelpFixture.Page(name).Examples)
        {
            Assert.True(States.Contains(example.State), $"{name}, '{example.Title}': there is no state '{example.State}', only {string.Join(", ", States.Skip(1))}, or none for a healthy cluster that is connected.");
            Check(example.Code, $"{name}, '{example.Title}'");
        }
    }

    [Theory]
    [InlineData("en-US", "about_PatroniOps")]
    [InlineData("zh-CN", "about_PatroniOps")]
    [InlineData("en-US", "about_PatroniOps_Incidents")]
    [InlineData("zh-CN", "about_PatroniOps_Incidents")]
    [InlineData("en-US", "about_PatroniOps_Security")]
    public void The_code_of_an_about_page_can_run(string language, string topic)
    {
        foreach (var block in AboutCode.Of(HelpFixture.About(language, topic)))
        {
            Assert.Contains(block.State, States);
            Check(block.Code, $"{language}/{topic}");
        }
    }

    // Longer blocks are checked by the parser; what stands in a sentence between backticks is checked here.
    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public void Cmdlets_that_the_runbook_tells_to_run_exist(string language)
    {
        var text = File.ReadAllText(Path.Combine(HelpFixture.Docs, language, "about_PatroniOps_Incidents.md"));
        var snippets = System.Text.RegularExpressions.Regex.Matches(text, "`([A-Z][a-z]+-[A-Z][A-Za-z]+[^`]*)`").Select(m => m.Groups[1].Value).ToList();
        Assert.True(snippets.Count > 50, $"{snippets.Count} commands were found in the runbook.");
        foreach (var snippet in snippets)
            Check(snippet.Replace(" ...", "", StringComparison.Ordinal), $"{language} runbook");
    }

    private static void Check(string code, string where)
    {
        var tree = Parser.ParseInput(code, out _, out var errors);
        Assert.True(errors.Length == 0, $"{where}: {string.Join<ParseError>("; ", errors)}");
        foreach (var command in tree.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            var name = command.GetCommandName();
            if (OfTheEngine.Contains(name))
                continue;
            Assert.True(HelpFixture.Cmdlets.TryGetValue(name, out var cmdlet), $"{where}: there is no cmdlet {name} in this module, nor in the bare engine.");
            foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName))
                Assert.True(cmdlet.Parameters.Any(p => p.Name == parameter) || System.Management.Automation.PSCmdlet.CommonParameters.Contains(parameter), $"{where}: {name} has no parameter -{parameter}.");
        }
    }
}
