namespace PatroniOps.Help.Pages;

/// <summary>What is written by hand about one cmdlet; everything else comes from the cmdlet itself. Texts are lists of paragraphs.</summary>
internal sealed record HelpPage
{
    public required string Name { get; init; }

    public required string Synopsis { get; init; }

    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<HelpExample> Examples { get; init; }

    /// <summary>By name without the dash; those that the page shares with others are in <see cref="SharedParameters"/>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>By the full name of the type.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Outputs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<HelpLink> Links { get; init; }
}
