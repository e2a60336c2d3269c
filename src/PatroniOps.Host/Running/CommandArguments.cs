using System.Management.Automation.Runspaces;

namespace PatroniOps.Host.Running;

/// <summary>
/// Hands the arguments of the command line to a command the way its tokens would be in a script: <c>-Name</c> names a parameter, and the
/// binder decides, as always, whether the next argument is its value. Nothing is parsed as PowerShell, so nothing needs quoting.
/// </summary>
/// <param name="values">What <c>$true</c> and its like stand for.</param>
/// <param name="shape">Splits lists; null to pass every argument as it is, as for scripts.</param>
internal sealed class CommandArguments(SpecialValues values, ParameterShape? shape)
{
    public void AddTo(Command command, IReadOnlyList<string> arguments)
    {
        var onlyValues = false;
        string? parameter = null;
        var position = 0;
        foreach (var text in arguments)
        {
            if (!onlyValues && text == "--")
                onlyValues = true;
            else if (!onlyValues && IsName(text))
                parameter = AddName(command.Parameters, text);
            else
            {
                var isList = parameter is null ? shape?.IsListAt(position++) : shape?.IsList(parameter);
                command.Parameters.Add(new CommandParameter(null, ValueOf(text, isList ?? false)));
                parameter = null;
            }
        }
    }

    private static bool IsName(string text) => text.Length > 1 && text[0] == '-' && (char.IsLetter(text[1]) || text[1] is '_' or '?');

    /// <returns>The parameter that still waits for its value, if any.</returns>
    private string? AddName(CommandParameterCollection parameters, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            parameters.Add(new CommandParameter(text));
            var name = text[1..];
            return shape?.IsSwitch(name) == true ? null : name;
        }
        var value = ValueOf(text[(colon + 1)..], shape?.IsList(text[1..colon]) ?? false);
        parameters.Add(new CommandParameter(text[..(colon + 1)], value));
        return null;
    }

    private object? ValueOf(string text, bool isList) => isList ? text.Split(',').Select(values.Of).ToArray() : values.Of(text);
}
