using System.Management.Automation;
using System.Management.Automation.Language;
using PatroniOps.Host.CommandLine;

namespace PatroniOps.Host.Running;

/// <summary>Finds the places of syntax errors, which the exception of an incomplete script does not hold.</summary>
internal static class SyntaxErrors
{
    /// <returns>Empty when the script itself is right, and the exception came from something it read.</returns>
    public static IReadOnlyList<ParseError> In(Work work, ParseException exception)
    {
        if (exception.Errors is { Length: > 0 } known)
            return known;
        ParseError[] errors = [];
        if (work is ScriptText script)
            Parser.ParseInput(script.Text, out _, out errors);
        else if (work is ScriptFile file)
            Parser.ParseFile(file.Path, out _, out errors);
        return errors;
    }
}
