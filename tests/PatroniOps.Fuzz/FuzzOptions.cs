using System.Globalization;

namespace PatroniOps.Fuzz;

/// <summary>What to run.</summary>
/// <param name="Targets">The targets' names.</param>
/// <param name="Count">Inputs a target.</param>
/// <param name="Seed">Chooses the inputs.</param>
/// <param name="Input">A file with one input to read again; null: a run.</param>
/// <param name="IsQuiet">Without the table at the end.</param>
public sealed record FuzzOptions(IReadOnlyList<string> Targets, long Count, ulong Seed, string? Input, bool IsQuiet)
{
    public const string Usage = "Usage: patroniops-fuzz [--target NAME]... [--count INPUTS] [--seed NUMBER] [--quiet] | --target NAME --input FILE | --list";

    /// <summary>Null when they cannot be read.</summary>
    public static FuzzOptions? Parse(string[] args)
    {
        var options = new FuzzOptions([], 1_000_000, (ulong)Random.Shared.NextInt64(), null, false);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quiet")
                options = options with { IsQuiet = true };
            else if (i + 1 == args.Length || options.With(args[i], args[++i]) is not { } more)
                return null;
            else
                options = more;
        }
        return options.Input is not null && options.Targets.Count != 1 ? null : options;
    }

    private FuzzOptions? With(string option, string value) => option switch
    {
        "--target" when FuzzTargets.Names.Contains(value) => this with { Targets = [.. Targets, value] },
        "--count" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 => this with { Count = count },
        "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => this with { Seed = seed },
        "--input" when File.Exists(value) => this with { Input = value },
        _ => null,
    };
}
