using System.Management.Automation;
using System.Text;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Rendering;

/// <summary>A table of custom objects: a column for each property, as wide as its cells, as many as the screen holds.</summary>
internal sealed class PropertyTable(OutputWriter output)
{
    // Rows held back to measure the columns; a longer run gets a second table, with columns of its own.
    private const int MostRows = 200;
    private const int WidestCell = 60;
    private readonly List<string[]> _rows = [];
    private IReadOnlyList<string> _columns = [];

    public void Add(PSObject value)
    {
        var columns = Members.NamesOf(value);
        if (!columns.SequenceEqual(_columns) || _rows.Count == MostRows)
            Flush();
        _columns = columns;
        _rows.Add([.. columns.Select(name => Cell(CellText.Of(Members.ValueOf(value, name), ", ")))]);
    }

    public void Flush()
    {
        if (_rows.Count == 0)
            return;
        var widths = FittingWidths();
        var text = new StringBuilder(Environment.NewLine);
        AppendRow(text, _columns, widths);
        AppendRow(text, [.. _columns.Select(name => new string('-', name.Length))], widths);
        foreach (var row in _rows)
            AppendRow(text, row, widths);
        output.WriteLine(text.ToString());
        _rows.Clear();
    }

    private List<int> FittingWidths()
    {
        var widths = new List<int>();
        var total = 0;
        for (var column = 0; column < _columns.Count; column++)
        {
            var width = Math.Max(_columns[column].Length, _rows.Max(row => row[column].Length));
            total += width + 1;
            if (total > ScreenWidth.Columns + 1 && widths.Count > 0)
                break;
            widths.Add(width);
        }
        return widths;
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells, List<int> widths) =>
        text.AppendLine(string.Join(' ', widths.Select((width, column) => cells[column].PadRight(width))).TrimEnd());

    private static string Cell(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= WidestCell ? line : line[..(WidestCell - 1)] + "…";
    }
}
