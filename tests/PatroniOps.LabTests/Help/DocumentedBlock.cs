using Markdig.Syntax;
using PatroniOps.Help.Pages;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Help;

/// <summary>A fenced block of the README, of an about_ page or of an example's README.</summary>
/// <param name="File">From the repository's root.</param>
/// <param name="Info">What the fence says it is: <c>powershell</c>, <c>sh</c>, <c>sql</c>; empty: nothing that is run.</param>
/// <param name="State">For PowerShell: the state of the cluster that it needs, as the cmdlets' examples say it.</param>
/// <param name="Code">Its lines.</param>
internal sealed record DocumentedBlock(string File, string Info, string State, string Code)
{
    public static readonly string Root = Path.GetDirectoryName(ModuleSession.Manifest)!;

    /// <summary>Where it stands, for a person.</summary>
    public string Place => $"{File}, '{FirstLine}'";

    public string FirstLine => Code.Split('\n')[0];

    public static IReadOnlyList<DocumentedBlock> All() =>
    [
        .. new[] { "README.md" }
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs", "en-US"), "about_*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "examples"), "README.md", SearchOption.AllDirectories))
                .Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal))
            .SelectMany(f => Of(f, Section.Parse(System.IO.File.ReadAllText(Path.Combine(Root, f))))),
    ];

    private static IEnumerable<DocumentedBlock> Of(string file, Section section) => section.Blocks.OfType<FencedCodeBlock>()
        .Select(b => new DocumentedBlock(file, b.Info ?? "", b.Arguments ?? "", PlainText.Code(b)))
        .Concat(section.Children.SelectMany(child => Of(file, child)));
}
