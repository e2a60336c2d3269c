using Markdig.Extensions.Tables;
using PatroniOps.Help.Pages;

namespace PatroniOps.Help.About;

/// <summary>A table with columns as wide as they need; the last one is wrapped.</summary>
internal static class TextTable
{
    public static IEnumerable<string> Lines(Table table, int width)
    {
        var rows = table.Cast<TableRow>().Select(row => PlainText.Cells(row).ToList()).ToList();
        var widths = Enumerable.Range(0, rows[0].Count - 1).Select(i => rows.Max(r => TextWrap.WidthOf(r[i]))).ToList();
        var before = widths.Sum() + (2 * widths.Count);
        foreach (var row in rows)
        {
            var start = string.Concat(row.SkipLast(1).Select((cell, i) => cell + new string(' ', widths[i] - TextWrap.WidthOf(cell) + 2)));
            foreach (var (line, index) in TextWrap.Lines(row[^1], Math.Max(width - before, 20)).Select((l, i) => (l, i)))
                yield return (index == 0 ? start : new string(' ', before)) + line;
        }
    }
}
