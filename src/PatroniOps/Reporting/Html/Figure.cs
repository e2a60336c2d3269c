namespace PatroniOps.Reporting.Html;

/// <summary>A picture with its title and what it shows in words, for those who do not see it.</summary>
internal sealed class Figure : IDisposable
{
    // Of 13 pixels of a letter more than nine are left.
    private const double Least = 0.72;

    private readonly HtmlWriter html;
    private readonly string? caption;

    /// <param name="html">Where it is written.</param>
    /// <param name="id">An id for its title.</param>
    /// <param name="title">Its name.</param>
    /// <param name="description">What is to be seen.</param>
    /// <param name="width">Pixels; on a narrow screen it shrinks to a size that can still be read, and scrolls from there. Null: as wide as the page, its own widths in per cent.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="caption">What stands below it; null: nothing.</param>
    public Figure(HtmlWriter html, string id, string title, string description, double? width, double height, string? caption = null)
    {
        this.html = html;
        this.caption = caption;
        html.Write($"<figure><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{title}\"><svg {Size(width, height)} role=\"img\" aria-labelledby=\"{id}-t {id}-d\">");
        html.Write($"<title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>");
    }

    private static HtmlFragment Size(double? width, double height)
    {
        var html = new HtmlWriter();
        if (width is { } fixedWidth)
            html.Write($"viewBox=\"0 0 {fixedWidth:0} {height:0}\" style=\"width:{fixedWidth:0}px;min-width:{fixedWidth * Least:0}px\"");
        else
            html.Write($"class=\"fluid\" style=\"height:{height:0}px\"");
        return new HtmlFragment(html.ToString().TrimEnd('\n'));
    }

    public void Dispose()
    {
        html.Line("</svg></div>");
        if (caption is not null)
            html.Write($"<figcaption>{caption}</figcaption>");
        html.Line("</figure>");
    }
}
