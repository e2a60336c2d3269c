using System.Management.Automation;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Rendering;

/// <summary>RFC 4180. The header names the first object's properties; an object with other properties starts a new header after an empty line.</summary>
internal sealed class CsvRenderer(OutputWriter output) : IObjectRenderer
{
    private const string LineEnd = "\r\n";
    private IReadOnlyList<string>? _columns;

    public void Write(PSObject value)
    {
        var whole = CellText.IsWhole(value);
        var columns = whole ? ["Value"] : Members.NamesOf(value);
        if (_columns is null || !_columns.SequenceEqual(columns))
            WriteHeader(columns);
        WriteRecord(whole
            ? [CellText.Of(value, ";")]
            : columns.Select(name => CellText.Of(Members.ValueOf(value, name), ";")));
    }

    public void Finish()
    {
    }

    private void WriteHeader(IReadOnlyList<string> columns)
    {
        if (_columns is not null)
            output.Write(LineEnd);
        WriteRecord(columns);
        _columns = columns;
    }

    private void WriteRecord(IEnumerable<string> fields) => output.Write(string.Join(',', fields.Select(Quote)) + LineEnd);

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
