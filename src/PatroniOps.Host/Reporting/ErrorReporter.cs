using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Reporting;

/// <summary>Writes errors to standard error, one line each (syntax errors with their place), and remembers that there were some.</summary>
internal sealed class ErrorReporter(ErrorWriter writer)
{
    /// <summary>The commands of the module, once it is loaded.</summary>
    public IReadOnlyCollection<string> KnownCommands { get; set; } = [];

    public bool AnyReported { get; private set; }

    public void Report(string message)
    {
        AnyReported = true;
        writer.Tell("error", "patroniops: ", message);
    }

    /// <summary>An error as one line, not reported.</summary>
    public string TextOf(ErrorRecord error) => ErrorText.Of(error, error.Exception, KnownCommands);

    /// <summary>As above, of an error that ended the pipeline.</summary>
    public string TextOf(RuntimeException error) => ErrorText.Of(error.ErrorRecord, error, KnownCommands);

    public void Report(ErrorRecord error) => Report(TextOf(error));

    /// <summary>An error that ended the pipeline; its record holds a stand-in for the exception.</summary>
    public void Report(RuntimeException error) => Report(TextOf(error));

    /// <summary>Where, what, and the line itself with a mark below the place.</summary>
    public void Report(IEnumerable<ParseError> errors)
    {
        foreach (var error in errors)
            Report(error);
    }

    private void Report(ParseError error)
    {
        var start = error.Extent.StartScriptPosition;
        var file = string.IsNullOrEmpty(error.Extent.File) ? "" : Path.GetFileName(error.Extent.File) + ", ";
        Report(string.Create(CultureInfo.InvariantCulture, $"{file}line {start.LineNumber}, column {start.ColumnNumber}: {ErrorText.OneLine(error.Message)}"));
        writer.WriteLine("    " + start.Line.TrimEnd());
        writer.WriteLine("    " + new string(' ', start.ColumnNumber - 1) + "^");
    }
}
