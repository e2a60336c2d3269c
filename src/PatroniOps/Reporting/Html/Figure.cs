namespace PatroniOps.Reporting.Html;

/// <summary>A picture with its title and what it shows in words, for those who do not see it; wide ones scroll by themselves.</summary>
internal sealed class Figure : IDisposable
{
    private readonly HtmlWriter html;
    private readonly string? caption;

    /// <param name="html">Where it is written.</param>
    /// <param name="id">An id for its title.</param>
    /// <param name="title">Its name.</param>
    /// <param name="description">What is to be seen.</param>
    /// <param name="width">In its own units, about a pixel on a wide screen.</param>
    /// <param name="height">As above.</param>
    /// <param name="caption">What stands below it; null: nothing.</param>
    public Figure(HtmlWriter html, string id, string title, string description, double width, double height, string? caption = null)
    {
        this.html = html;
        this.caption = caption;
        html.Write($"<figure><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{title}\"><svg viewBox=\"0 0 {width:0} {height:0}\" style=\"width:{width:0}px\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">");
        html.Write($"<title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>");
    }

    public void Dispose()
    {
        html.Line("</svg></div>");
        if (caption is not null)
            html.Write($"<figcaption>{caption}</figcaption>");
        html.Line("</figure>");
    }
}
