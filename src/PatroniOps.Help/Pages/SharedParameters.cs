namespace PatroniOps.Help.Pages;

/// <summary>
/// The words about parameters that several cmdlets have, from docs/en-US/_shared.md: a section for each base class, or for ShouldProcess, and in it
/// one for each parameter.
/// </summary>
internal sealed class SharedParameters
{
    /// <summary>The section of -WhatIf and -Confirm, which no class declares.</summary>
    public const string ShouldProcess = "ShouldProcess";

    private readonly Section root;

    private SharedParameters(Section root) => this.root = root;

    public static SharedParameters Read(string folder) => new(Section.Parse(File.ReadAllText(Path.Combine(folder, "_shared.md"))).Children[0]);

    /// <summary>Class and parameter of each text, to see whether they exist.</summary>
    public IEnumerable<(string Owner, string Parameter)> All => root.Children.SelectMany(owner => owner.Children.Select(p => (owner.Heading, p.Heading.TrimStart('-'))));

    /// <summary>The text of the nearest base class that has one; null when none has.</summary>
    public IReadOnlyList<string>? Find(Type cmdlet, string parameter)
    {
        for (var type = cmdlet.BaseType; type is not null; type = type.BaseType)
            if (root[type.Name]?["-" + parameter] is { } section)
                return section.Paragraphs;
        return root[ShouldProcess]?["-" + parameter]?.Paragraphs;
    }
}
