using PatroniOps.Commands;
using PatroniOps.Help.HelpFiles;
using PatroniOps.Help.Pages;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Help;

/// <summary>Every cmdlet has a page that says everything which its page must say, and no page says what does not exist.</summary>
public sealed class CmdletPageTests
{
    public static TheoryData<string> Names => HelpFixture.Names;

    [Fact]
    public void The_manifest_exports_what_there_is()
    {
        using var session = new PowerShellSession();
        Assert.Equal(HelpFixture.Cmdlets.Keys, session.Run("Get-Command -Module PatroniOps | ForEach-Object Name").Output.Select(o => (string)o.BaseObject).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_no_empty_section(string name)
    {
        var page = HelpFixture.Page(name);
        Assert.NotEmpty(page.Synopsis);
        Assert.EndsWith(".", page.Synopsis, StringComparison.Ordinal);
        IsText(page.Description, $"{name}: DESCRIPTION");
        IsText(page.Inputs, $"{name}: INPUTS");
        IsText(page.Notes, $"{name}: NOTES");
        Assert.True(page.Links.Count >= 2, $"{name} has fewer than two related links.");
        Assert.True(page.Examples.Count >= 2, $"{name} has {page.Examples.Count} examples, and should have two or more.");
        Assert.Equal(page.Examples.Count, page.Examples.Select(e => e.Title).Distinct().Count());
        foreach (var example in page.Examples)
        {
            IsText(example.Remarks, $"{name}: example '{example.Title}'");
            Assert.Contains(name, example.Code, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_is_explained_and_none_that_does_not_exist(string name)
    {
        var cmdlet = HelpFixture.Cmdlets[name];
        var page = HelpFixture.Page(name);
        foreach (var parameter in cmdlet.Parameters)
            IsText(MamlCommand.TextOf(parameter, cmdlet, page, HelpFixture.Shared),
                $"{name} -{parameter.Name}: write '### -{parameter.Name}' in its page, or in docs/en-US/_shared.md under the class that declares it");
        Assert.Empty(page.Parameters.Keys.Except(cmdlet.Parameters.Select(p => p.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_outputs_are_those_that_the_cmdlet_declares(string name)
    {
        var page = HelpFixture.Page(name);
        Assert.Equal(HelpFixture.Cmdlets[name].Outputs.DefaultIfEmpty("None").Order(), page.Outputs.Keys.Order());
        foreach (var (type, text) in page.Outputs)
            IsText(text, $"{name}: OUTPUTS {type}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_lead_to_what_exists(string name)
    {
        foreach (var link in HelpFixture.Page(name).Links.Where(l => l.Address is null))
        {
            Assert.NotEqual(name, link.Text);
            Assert.True(File.Exists(PageReader.PathOf(HelpFixture.Pages, link.Text)), $"{name} links to {link.Text}, which has no page.");
        }
    }

    [Fact]
    public void No_page_is_about_a_cmdlet_that_does_not_exist() => Assert.Equal(HelpFixture.Cmdlets.Keys, HelpFixture.PageNames);

    [Fact]
    public void Shared_words_are_about_parameters_that_exist()
    {
        var commands = typeof(ConnectPatroniClusterCommand).Assembly;
        foreach (var (owner, parameter) in HelpFixture.Shared.All)
        {
            if (owner == SharedParameters.ShouldProcess)
                Assert.Contains(parameter, new[] { "WhatIf", "Confirm" });
            else
                Assert.True(commands.GetType($"PatroniOps.Commands.{owner}")?.GetProperty(parameter) is not null, $"_shared.md: {owner} has no parameter -{parameter}.");
        }
    }

    private static void IsText(IReadOnlyList<string> text, string where)
    {
        Assert.True(text.Count > 0 && text.All(paragraph => paragraph.Trim().Length > 0), $"{where}: there is no text.");
        Assert.DoesNotContain(text, paragraph => paragraph.Contains("TODO", StringComparison.Ordinal) || paragraph.Contains("{{", StringComparison.Ordinal));
    }
}
