using System.Globalization;

namespace PatroniOps.Host.CommandLine;

/// <summary>Reads the command line: <c>-Name value</c>, <c>-Name:value</c>, <c>--name value</c> and <c>--name=value</c>, in any case.</summary>
/// <param name="readInput">Reads the script when the command line says <c>-</c>.</param>
internal sealed class OptionReader(IReadOnlyList<string> arguments, Func<string> readInput)
{
    private HostOptions _options = new();
    private int _next;

    /// <exception cref="UsageException">An option is unknown, lacks its value, or contradicts another.</exception>
    public static HostOptions Read(IReadOnlyList<string> arguments, Func<string> readInput) => new OptionReader(arguments, readInput).Read();

    private HostOptions Read()
    {
        while (_next < arguments.Count)
        {
            var token = arguments[_next++];
            if (token == "-")
                Run(FromInput());
            else if (token.StartsWith('-'))
                ReadOption(token);
            else
                Run(CallOf(token));
        }
        return _options;
    }

    private void ReadOption(string token)
    {
        var option = OptionToken.Of(token);
        switch (option.Name)
        {
            case "command" or "c": Run(TextOf(ValueOf(option))); break;
            case "file" or "f": Run(FileOf(ValueOf(option))); break;
            case "output" or "o": _options = _options with { Output = OutputFormats.Parse(ValueOf(option)) }; break;
            case "module": _options = _options with { Module = ValueOf(option) }; break;
            case "restuser": _options = _options with { Rest = _options.Rest with { UserName = ValueOf(option) } }; break;
            case "restpasswordfile": _options = _options with { Rest = _options.Rest with { PasswordFile = ValueOf(option) } }; break;
            case "postgresuser": _options = _options with { Postgres = _options.Postgres with { UserName = ValueOf(option) } }; break;
            case "postgrespasswordfile": _options = _options with { Postgres = _options.Postgres with { PasswordFile = ValueOf(option) } }; break;
            case "logpath": _options = _options with { LogPath = ValueOf(option) }; break;
            case "lockpath": _options = _options with { LockPath = ValueOf(option) }; break;
            case "lockwait": _options = _options with { LockWait = SecondsOf(option) }; break;
            case "verbose": _options = _options with { Verbose = true }; break;
            case "help" or "h" or "?": _options = _options with { Help = true }; break;
            case "version" or "v": _options = _options with { Version = true }; break;
            default: throw new UsageException(Unknown(token));
        }
    }

    private string Unknown(string token) =>
        _options.Work is ScriptText
            ? $"'{token}' follows the script and is no option of patroniops. Quote the whole script as one argument, or leave out -Command: patroniops Get-PatroniCluster -Uri http://10.0.0.1:8008"
            : $"patroniops has no option '{token}'. Options for a cmdlet stand after its name, options for a script after its path; patroniops --help lists the rest.";

    private string ValueOf(OptionToken option) =>
        option.Value ?? (_next < arguments.Count ? arguments[_next++] : throw new UsageException($"{option.Text} needs a value; see patroniops --help."));

    private TimeSpan SecondsOf(OptionToken option) =>
        double.TryParse(ValueOf(option), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= TimeSpan.MaxValue.TotalDays
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option.Text} takes seconds.");

    private void Run(Work work)
    {
        if (_options.Work is not null)
            throw new UsageException("One thing at a time: -Command, -File, a cmdlet's name and - (standard input) exclude each other, and a script with blanks must be quoted as one argument.");
        _options = _options with { Work = work };
    }

    private ScriptText TextOf(string text) => text == "-" ? FromInput() : new ScriptText(text);

    private ScriptText FromInput() => new(readInput());

    private Work CallOf(string name) => name.ToUpperInvariant() switch
    {
        "CHECK" => Rest() is [var what, .. var arguments] ? new CheckCall(what, arguments) : throw new UsageException("check needs what to check; patroniops --help lists it."),
        "RESOURCE" => new ResourceCall(Rest()),
        _ => new CommandCall(name, Rest()),
    };

    private Work FileOf(string path)
    {
        if (path == "-")
            return FromInput();
        if (!File.Exists(path))
            throw new UsageException($"There is no script file '{path}'.");
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"'{path}' does not end in .ps1, so it is not a PowerShell script. Rename it, or pipe it: patroniops - < {path}");
        return new ScriptFile(Path.GetFullPath(path), Rest());
    }

    private string[] Rest()
    {
        var rest = arguments.Skip(_next).ToArray();
        _next = arguments.Count;
        return rest;
    }
}
