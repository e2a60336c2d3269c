using PatroniOps.Nodes;

namespace PatroniOps.Archives;

/// <summary>How a member calls pgBackRest, taken from its restore_command: the program and the options before archive-get.</summary>
/// <param name="Program">The program.</param>
/// <param name="Options">Its options, such as <c>--stanza=main</c>.</param>
public sealed record PgBackRestCommand(string Program, IReadOnlyList<string> Options)
{
    // Options of every command, with which any of them finds the same repository.
    private static readonly string[] Locating = ["--stanza", "--config", "--repo"];

    /// <summary>The stanza; null when the line does not name it.</summary>
    public string? Stanza => Options.Select(o => o.StartsWith("--stanza=", StringComparison.Ordinal) ? o["--stanza=".Length..] : null).FirstOrDefault(s => s is not null)
        ?? Options.SkipWhile(o => o != "--stanza").Skip(1).FirstOrDefault();

    /// <summary>Null when the command is not a plain call of pgbackrest.</summary>
    public static PgBackRestCommand? FromRestoreCommand(string? restoreCommand)
    {
        var words = restoreCommand is null ? null : ShellWords.Split(restoreCommand);
        if (words is null || words.Count == 0 || PathOf.Name(words[0]) != "pgbackrest" || !words.Contains("archive-get"))
            return null;
        var before = words.Skip(1).TakeWhile(w => w != "archive-get");
        var after = words.SkipWhile(w => w != "archive-get").Skip(1).Where(w => w.StartsWith("--", StringComparison.Ordinal));
        return new PgBackRestCommand(words[0], [.. before, .. after]);
    }

    /// <summary>From a command that restores the newest backup; null when it is none. Only what says where the repository is stays.</summary>
    /// <param name="words">Program and arguments.</param>
    public static PgBackRestCommand? FromRestore(IReadOnlyList<string>? words)
    {
        if (words is null || words.Count == 0 || PathOf.Name(words[0]) != "pgbackrest" || !words.Contains("restore") || words.Any(w => w == "--set" || w.StartsWith("--set=", StringComparison.Ordinal)))
            return null;
        var options = new List<string>();
        for (var i = 1; i < words.Count; i++)
        {
            if (!Locating.Any(l => words[i].StartsWith(l, StringComparison.Ordinal)))
                continue;
            options.Add(words[i]);
            if (!words[i].Contains('=', StringComparison.Ordinal) && i + 1 < words.Count)
                options.Add(words[++i]);
        }
        return new PgBackRestCommand(words[0], options);
    }

    /// <summary>A call of the same program with the same options.</summary>
    public NodeCommand Call(params IReadOnlyList<string> arguments) => new(Program, [.. Options, .. arguments]);
}
