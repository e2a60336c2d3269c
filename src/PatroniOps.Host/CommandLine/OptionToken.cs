namespace PatroniOps.Host.CommandLine;

/// <summary>One option of the command line.</summary>
/// <param name="Text">As written, without its value.</param>
/// <param name="Name">Lower case, without dashes: <c>--rest-user</c> and <c>-RestUser</c> are both <c>restuser</c>.</param>
/// <param name="Value">What stands behind <c>:</c> or <c>=</c>; null when the value is the next argument.</param>
internal sealed record OptionToken(string Text, string Name, string? Value)
{
    public static OptionToken Of(string token)
    {
        var end = token.AsSpan().IndexOfAny(':', '=');
        var text = end < 0 ? token : token[..end];
        var name = text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return new OptionToken(text, name, end < 0 ? null : token[(end + 1)..]);
    }
}
