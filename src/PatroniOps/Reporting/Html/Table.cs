namespace PatroniOps.Reporting.Html;

/// <summary>A table whose first column names the row. On a narrow screen each row is a card, with the heads beside its values; a browser then forgets that it is a table, unless the roles say so.</summary>
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
        html.Write($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table role=\"table\"><caption>{caption}</caption>");
        html.Line("<thead role=\"rowgroup\"><tr role=\"row\">");
        foreach (var column in columns)
            html.Write($"<th scope=\"col\" role=\"columnheader\"{Number(column)}>{column.TrimStart('#')}</th>");
        html.Line("</tr></thead><tbody role=\"rowgroup\">");
    }

    /// <summary>A row; a fragment is markup, everything else text, null not known.</summary>
    public void Row(params object?[] cells)
    {
        html.Line("<tr role=\"row\">");
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i] switch { null => new HtmlFragment("<span class=\"quiet\">unknown</span>"), HtmlFragment fragment => fragment, var value => Encoded(value) };
            if (i == 0)
                html.Write($"<th scope=\"row\" role=\"rowheader\">{cell}</th>");
            else
                html.Write($"<td role=\"cell\" data-head=\"{columns[i].TrimStart('#')}\"{Number(columns[i])}><div>{cell}</div></td>");
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
