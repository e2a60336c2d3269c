using Markdig.Syntax;
using PatroniOps.Help.Pages;

namespace PatroniOps.Tests.Help;

/// <summary>The blocks of PowerShell in an about_ page.</summary>
internal static class AboutCode
{
    public static IEnumerable<(string Code, string State)> Of(Section section) =>
        section.Blocks.OfType<FencedCodeBlock>().Where(b => b.Info == "powershell").Select(b => (PlainText.Code(b), b.Arguments ?? ""))
            .Concat(section.Children.SelectMany(Of));
}
