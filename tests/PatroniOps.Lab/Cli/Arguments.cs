using System.Globalization;

namespace PatroniOps.Lab.Cli;

/// <summary>The words of a command line: `--name value` pairs and the rest.</summary>
internal sealed record Arguments(IReadOnlyList<string> Words, LabOptions Options)
{
    /// <summary>How many clusters a fleet has.</summary>
    public int Clusters { get; private init; } = 500;

    private static readonly Dictionary<string, Func<LabOptions, string, LabOptions>> Known = new()
    {
        ["--directory"] = (options, value) => options with { Directory = value },
        ["--scope"] = (options, value) => options with { Scope = value },
        ["--members"] = (options, value) => options with { Members = Number(value) },
        ["--archive"] = (options, value) => options with { Archive = Archive(value) },
        ["--ttl"] = (options, value) => options with { Ttl = TimeSpan.FromSeconds(Number(value)) },
        ["--loop-wait"] = (options, value) => options with { LoopWait = TimeSpan.FromSeconds(Number(value)) },
        ["--patroni-command"] = (options, value) => options with { PatroniCommand = value },
        ["--postgres-bin"] = (options, value) => options with { PostgresBin = value },
    };

    /// <exception cref="UsageException">An option is unknown or has no value, or one that cannot be read.</exception>
    public static Arguments Parse(IReadOnlyList<string> args)
    {
        var words = new List<string>();
        var options = new LabOptions();
        var hasDirectory = false;
        int? clusters = null;
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith('-'))
            {
                words.Add(args[i]);
                continue;
            }

            var apply = Known.GetValueOrDefault(args[i]);
            if (apply is null && args[i] != "--clusters")
                throw new UsageException($"There is no option {args[i]}.");
            if (i + 1 == args.Count)
                throw new UsageException($"{args[i]} needs a value.");
            if (apply is null)
            {
                clusters = Number(args[++i]);
                if (clusters == 0)
                    throw new UsageException("A fleet needs a cluster.");
                continue;
            }

            hasDirectory |= args[i] == "--directory";
            options = apply(options, args[++i]);
        }

        var arguments = new Arguments(words, hasDirectory ? options : options with { Directory = LabPaths.DefaultDirectory(options.Scope) });
        return clusters is { } count ? arguments with { Clusters = count } : arguments;
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"{value} is not a number.");

    private static ArchiveKind Archive(string value) => value switch
    {
        "none" => ArchiveKind.None,
        "directory" => ArchiveKind.Directory,
        "pgbackrest" => ArchiveKind.PgBackRest,
        _ => throw new UsageException($"--archive takes none, directory or pgbackrest, not {value}."),
    };
}
