namespace PatroniOps.Nodes;

/// <summary>A program to run on a node. Arguments stay arguments: no shell sees them unless the program is one.</summary>
/// <param name="Program">The program, by name or path.</param>
/// <param name="Arguments">Its arguments. Never a secret: every user of the node can read them.</param>
public sealed record NodeCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The user to run it as; null: whoever logs in.</summary>
    public string? RunAs { get; init; }

    /// <summary>Variables to set. Never a secret: they travel as arguments of <c>env</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What it reads from its standard input; the way for secrets and file contents.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The command as a person would type it.</summary>
    public override string ToString() => ShellQuote.Line([.. Environment.Select(e => $"{e.Key}={e.Value}"), Program, .. Arguments]);
}
