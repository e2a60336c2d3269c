namespace PatroniOps.Tags;

/// <summary>One tag of a patroni.yml and what is to become of it.</summary>
/// <param name="Name">As Patroni writes it: <c>nofailover</c>.</param>
/// <param name="Value">Null takes it out, and Patroni's default holds.</param>
public sealed record TagChange(string Name, bool? Value)
{
    /// <summary>The value as YAML writes it.</summary>
    internal string Text => Value == true ? "true" : "false";

    public override string ToString() => Value is null ? $"{Name} taken out" : $"{Name}: {Text}";
}
