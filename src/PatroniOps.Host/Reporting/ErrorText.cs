using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace PatroniOps.Host.Reporting;

/// <summary>An error as one line: where in a script file, what, and what to do about it.</summary>
internal static class ErrorText
{
    /// <param name="error">Where it happened, and what its reporter added.</param>
    /// <param name="exception">What happened.</param>
    /// <param name="knownCommands">What a mistyped command may have meant.</param>
    public static string Of(ErrorRecord error, Exception exception, IEnumerable<string> knownCommands) =>
        string.Join(' ', [.. Position(error), OneLine(Message(error, exception, knownCommands)), .. Action(error)]);

    private static string Message(ErrorRecord error, Exception exception, IEnumerable<string> knownCommands) => exception switch
    {
        CommandNotFoundException missing => Missing(missing.CommandName, knownCommands),
        // A script function's refusal comes wrapped in the call that asked.
        { InnerException: HostException refusal } => refusal.Message,
        ParameterBindingException binding when binding.CommandInvocation?.MyCommand is { } command => $"{command.Name}: {exception.Message}",
        _ => error.ErrorDetails?.Message ?? exception.Message,
    };

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

    /// <summary>The text with its line breaks turned into blanks.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
