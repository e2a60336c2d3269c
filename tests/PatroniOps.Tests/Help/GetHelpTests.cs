using System.Management.Automation;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Help;

/// <summary>Get-Help of the real engine finds what the build made, for the module as it is imported.</summary>
public sealed class GetHelpTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public static TheoryData<string> Names => HelpFixture.Names;

    [Fact]
    public void Full_help_of_every_cmdlet_has_every_section()
    {
        foreach (var name in HelpFixture.Cmdlets.Keys)
        {
            var help = Assert.Single(session.Run($"Get-Help {name} -Full").Output);
            var page = HelpFixture.Page(name);
            Assert.Equal(page.Synopsis, Text(help, "Synopsis"));
            foreach (var path in new[] { "description", "Syntax.syntaxItem", "parameters.parameter", "inputTypes.inputType", "returnValues.returnValue", "alertSet.alert", "examples.example", "relatedLinks.navigationLink" })
                Assert.True(Items(help, path).Count > 0, $"Get-Help {name} -Full has nothing under {path}.");
            Assert.Equal(page.Examples.Select(e => e.Code), Items(help, "examples.example").Select(e => Text(e, "code")));
            Assert.Equal(HelpFixture.Cmdlets[name].Parameters.Select(p => p.Name), Items(help, "parameters.parameter").Select(p => Text(p, "name")));
            Assert.All(Items(help, "parameters.parameter"), p => Assert.NotEmpty(Items(p, "description")));
        }
    }

    [Theory]
    [InlineData("about_PatroniOps")]
    [InlineData("about_PatroniOps_Incidents")]
    [InlineData("about_PatroniOps_Security")]
    public void About_pages_are_found(string topic)
    {
        var (output, errors, _) = session.Run($"Get-Help {topic}");
        Assert.Empty(errors);
        var text = Assert.Single(output).ToString();
        Assert.Contains(topic, text, StringComparison.Ordinal);
        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.DoesNotContain("##", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_and_types_are_those_of_the_cmdlet()
    {
        var help = Assert.Single(session.Run("Get-Help Invoke-ReplicaRebuild -Full").Output);
        Assert.Equal(2, Items(help, "Syntax.syntaxItem").Count);
        var method = Items(help, "parameters.parameter").Single(p => Text(p, "name") == "Method");
        Assert.Equal(("ReplicaRebuildMethod", "Reinitialize", "false"), (Text(method, "parameterValue"), Text(method, "defaultValue"), Text(method, "required")));
        Assert.Contains(Items(method, "description"), d => Text(d, "Text").Contains("One of Reinitialize, BaseBackup, Rewind, DeltaRestore.", StringComparison.Ordinal));
    }

    public void Dispose() => session.Dispose();

    private static List<PSObject> Items(PSObject value, string path)
    {
        object? current = value;
        foreach (var name in path.Split('.'))
            current = current is null ? null : PSObject.AsPSObject(current).Properties[name]?.Value;
        return current switch
        {
            null => [],
            PSObject { BaseObject: object[] many } => [.. many.Select(PSObject.AsPSObject)],
            object[] many => [.. many.Select(PSObject.AsPSObject)],
            _ => [PSObject.AsPSObject(current)],
        };
    }

    private static string Text(PSObject value, string name) => $"{value.Properties[name]?.Value}".Trim();
}
