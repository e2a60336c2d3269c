using System.Runtime.CompilerServices;
using System.Text;

namespace PatroniOps.Reporting.Html;

/// <summary>Writes HTML from interpolated text: what stands in the text is markup, what is put into it is encoded, so that no name or message can become markup.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder text = new();

    /// <summary>A line of markup with values in it: the handler has written it by the time this is called.</summary>
    public void Write([InterpolatedStringHandlerArgument("")] ref HtmlInterpolation markup) => text.Append('\n');

    public void Write(HtmlFragment fragment) => text.Append(fragment.Markup);

    /// <summary>Markup that holds no value.</summary>
    public void Line(string markup) => text.Append(markup).Append('\n');

    public override string ToString() => text.ToString();

    internal StringBuilder Builder => text;
}
