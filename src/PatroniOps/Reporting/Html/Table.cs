namespace PatroniOps.Reporting.Html;

/// <summary>A table that scrolls by itself where the screen is narrow; the first column names the row.</summary>
internal sealed class Table : IDisposable
{
    private readonly HtmlWriter html;
    private readonly string[] columns;

    /// <param name="html">Where it is written.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">The heads; one that begins with # holds numbers.</param>
    public Table(HtmlWriter html, string caption, params string[] columns)
    {
        this.html = html;
        this.columns = columns;
        html.Write($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table><caption>{caption}</caption>");
        html.Line("<thead><tr>");
        foreach (var column in columns)
            html.Write($"<th scope=\"col\"{Number(column)}>{column.TrimStart('#')}</th>");
        html.Line("</tr></thead><tbody>");
    }

    /// <summary>A row; a fragment is markup, everything else text, null not known.</summary>
    public void Row(params object?[] cells)
    {
        html.Line("<tr>");
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i] switch { null => new HtmlFragment("<span class=\"quiet\">unknown</span>"), HtmlFragment fragment => fragment, var value => Encoded(value) };
            if (i == 0)
                html.Write($"<th scope=\"row\">{cell}</th>");
            else
                html.Write($"<td{Number(columns[i])}>{cell}</td>");
        }
        html.Line("</tr>");
    }

    public void Dispose() => html.Line("</tbody></table></div>");

    private static HtmlFragment Number(string column) => new(column.StartsWith('#') ? " class=\"number\"" : "");

    private static HtmlFragment Encoded(object value)
    {
        var text = new HtmlWriter();
        text.Write($"{value}");
        return new HtmlFragment(text.ToString().TrimEnd('\n'));
    }
}
