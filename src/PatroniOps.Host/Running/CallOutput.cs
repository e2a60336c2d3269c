using PatroniOps.Host.CommandLine;

namespace PatroniOps.Host.Running;

/// <summary>Takes the host's own <c>-Output</c> out of a cmdlet's arguments, where people write it by habit.</summary>
internal static class CallOutput
{
    /// <returns>The arguments without it, and the format; null when it is not among them.</returns>
    /// <exception cref="UsageException">It has no value, or one that is no format.</exception>
    public static (IReadOnlyList<string> Arguments, OutputFormat? Format) Take(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-') || OptionToken.Of(arguments[i]) is not { Name: "output" } option)
                continue;
            var taken = option.Value is null ? 2 : 1;
            var value = option.Value ?? arguments.ElementAtOrDefault(i + 1) ?? throw new UsageException($"{option.Text} needs a value; see patroniops --help.");
            return ([.. arguments.Take(i), .. arguments.Skip(i + taken)], OutputFormats.Parse(value));
        }
        return (arguments, null);
    }
}
