using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Reporting;

/// <summary>Writes errors to standard error, one line each, and remembers that there were some.</summary>
internal sealed class ErrorReporter(ErrorWriter writer)
{
    /// <summary>The commands of the module, once it is loaded.</summary>
    public IReadOnlyCollection<string> KnownCommands { get; set; } = [];

    public bool AnyReported { get; private set; }

    public void Report(string message)
    {
        AnyReported = true;
        writer.WriteLine("patroniops: " + message);
    }

    public void Report(ErrorRecord error) => Report(ErrorText.Of(error, KnownCommands));

    /// <summary>Syntax errors: where, what, and the line itself with a mark below the place.</summary>
    public void Report(ParseException exception)
    {
        foreach (var error in exception.Errors ?? [])
            Report(error);
        if (!AnyReported)
            Report(exception.Message);
    }

    private void Report(ParseError error)
    {
        var start = error.Extent.StartScriptPosition;
        var file = string.IsNullOrEmpty(error.Extent.File) ? "" : Path.GetFileName(error.Extent.File) + ", ";
        Report(string.Create(CultureInfo.InvariantCulture, $"{file}line {start.LineNumber}, column {start.ColumnNumber}: {error.Message}"));
        writer.WriteLine("    " + start.Line);
        writer.WriteLine("    " + new string(' ', start.ColumnNumber - 1) + "^");
    }
}
