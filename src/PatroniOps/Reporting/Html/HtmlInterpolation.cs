using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace PatroniOps.Reporting.Html;

/// <summary>Interpolated markup on its way into a <see cref="HtmlWriter"/>.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation
{
    private readonly StringBuilder text;

    public HtmlInterpolation(int literalLength, int formattedCount, HtmlWriter writer)
    {
        text = writer.Builder;
        text.EnsureCapacity(text.Length + literalLength + (16 * formattedCount));
    }

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(HtmlFragment fragment) => text.Append(fragment.Markup);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) => text.Append(HtmlEncoder.Default.Encode(
        value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? ""));
}
