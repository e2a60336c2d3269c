using PatroniOps.Help.Cmdlets;
using PatroniOps.Help.Pages;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Help;

/// <summary>An example of the help with the page that it stands in.</summary>
internal sealed record DocumentedExample(string Page, string Code, string State)
{
    // In a cluster that is well there is nothing to show.
    private static readonly string[] OftenEmpty = ["Get-PatroniHistory", "Get-WalArchiveGap"];

    private static readonly string Docs = Path.Combine(Path.GetDirectoryName(ModuleSession.Manifest)!, "docs", "en-US");

    /// <summary>It looks at something, and leaves nothing out: there must be something to see.</summary>
    public bool MustShowSomething => (Code.StartsWith("Get-", StringComparison.Ordinal) || Code.StartsWith("Test-", StringComparison.Ordinal) || Code.StartsWith("Measure-", StringComparison.Ordinal)
        || Code.StartsWith("ConvertTo-", StringComparison.Ordinal)) && !Code.Contains("Where-Object", StringComparison.Ordinal) && !Code.Contains("-WhatIf", StringComparison.Ordinal)
        && !Code.Contains('|', StringComparison.Ordinal) && !OftenEmpty.Any(name => Code.StartsWith(name, StringComparison.Ordinal));

    /// <summary>All of the cmdlets' pages, in the order of their names, then the blocks of PowerShell in the README and other pages.</summary>
    public static IReadOnlyList<DocumentedExample> All()
    {
        using var catalogue = CmdletCatalogue.Open();
        return [.. catalogue.Cmdlets.SelectMany(c => PageReader.Read(Docs, c.Name).Examples.Select(e => new DocumentedExample($"{c.Name}, '{e.Title}'", e.Code, e.State))),
            .. DocumentedBlock.All().Where(b => b.Info == "powershell" && !UnrunBlocks.Reasons.ContainsKey(b.FirstLine)).Select(b => new DocumentedExample(b.Place, b.Code, b.State))];
    }
}
