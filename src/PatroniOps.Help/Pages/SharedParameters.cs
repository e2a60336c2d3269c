using System.Reflection;
using PatroniOps.Commands;

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

    /// <summary>The text of the nearest base class that has one, or of the parameters that such a class offers as dynamic ones; null when none has.</summary>
    public IReadOnlyList<string>? Find(Type cmdlet, string parameter)
    {
        foreach (var type in Above(cmdlet.BaseType).SelectMany(t => Dynamic(t).SelectMany(Above).Prepend(t)))
            if (root[type.Name]?["-" + parameter] is { } section)
                return section.Paragraphs;
        return root[ShouldProcess]?["-" + parameter]?.Paragraphs;
    }

    private static IEnumerable<Type> Above(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    private static IEnumerable<Type> Dynamic(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Select(p => p.PropertyType).Where(typeof(SshParameters).IsAssignableFrom);
}
