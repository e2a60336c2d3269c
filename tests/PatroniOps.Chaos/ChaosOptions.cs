using System.Globalization;
using PatroniOps.Chaos.Faults;
using PatroniOps.Lab.Isolation;

namespace PatroniOps.Chaos;

/// <summary>How long, with which chance, and with which kinds of fault.</summary>
/// <param name="Minutes">No fault begins later.</param>
/// <param name="Seed">The same one gives the same faults in the same order, on the same members as long as the same ones lead.</param>
/// <param name="Faults">Their names; every kind by default.</param>
internal sealed record ChaosOptions(int Minutes, int Seed, IReadOnlyList<string> Faults)
{
    public static readonly string Usage =
        $"Usage: {OwnNamespaces.How} patroniops-chaos [--minutes N] [--seed N] [--faults NAME,NAME] ({string.Join(", ", FaultCatalogue.Names)})";

    /// <summary>Null when they cannot be read.</summary>
    public static ChaosOptions? Parse(string[] args)
    {
        var options = new ChaosOptions(20, Random.Shared.Next(1, 1_000_000), FaultCatalogue.Names);
        for (var i = 0; i + 1 < args.Length && options is not null; i += 2)
            options = (args[i], args[i + 1]) switch
            {
                ("--minutes", var text) when Number(text) is { } minutes => options with { Minutes = minutes },
                ("--seed", var text) when Number(text) is { } seed => options with { Seed = seed },
                ("--faults", var text) when text.Split(',') is var names && names.All(FaultCatalogue.Names.Contains) => options with { Faults = names },
                _ => null,
            };
        return args.Length % 2 == 0 ? options : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
