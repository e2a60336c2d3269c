using System.Globalization;
using System.Management.Automation;

namespace PatroniOps.Host.Reporting;

/// <summary>An error as one line: where in a script file, what, and what to do about it.</summary>
internal static class ErrorText
{
    /// <param name="knownCommands">What a mistyped command may have meant.</param>
    public static string Of(ErrorRecord error, IEnumerable<string> knownCommands)
    {
        var message = error.Exception is CommandNotFoundException missing
            ? Missing(missing.CommandName, knownCommands)
            : error.ErrorDetails?.Message ?? error.Exception.Message;
        return string.Join(' ', [.. Position(error), OneLine(message), .. Action(error)]);
    }

    private static string Missing(string name, IEnumerable<string> knownCommands)
    {
        var advice = AbsentCommands.AdviceFor(name)
            ?? (NearestName.Of(name, knownCommands) is { } near ? $"Did you mean {near}?" : "Get-Command lists the commands there are.");
        return $"There is no command '{name}' here. {advice}";
    }

    private static IEnumerable<string> Position(ErrorRecord error)
    {
        if (error.InvocationInfo is { ScriptName: { Length: > 0 } script } info)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(script)}:{info.ScriptLineNumber}:");
    }

    private static IEnumerable<string> Action(ErrorRecord error)
    {
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } action)
            yield return OneLine(action);
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
