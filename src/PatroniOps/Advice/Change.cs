namespace PatroniOps.Advice;

/// <summary>One change of the dynamic configuration.</summary>
/// <param name="Path">The keys from the top of the document.</param>
/// <param name="Value">Null deletes the key; else a Boolean, number, text, JSON element, or <see cref="Ask"/>.</param>
internal sealed record Change(IReadOnlyList<string> Path, object? Value)
{
    public static Change Of(string key, object? value) => new([key], value);

    public static Change Postgresql(string key, object? value) => new(["postgresql", key], value);

    /// <summary>A parameter of PostgreSQL.</summary>
    public static Change Parameter(string name, object? value) => new(["postgresql", "parameters", name], value);
}

/// <summary>A value that only the reader of the advice knows: the command asks for it.</summary>
internal sealed record Ask(string Prompt);
