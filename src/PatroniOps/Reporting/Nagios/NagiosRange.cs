using System.Globalization;
using PatroniOps.Patroni;

namespace PatroniOps.Reporting.Nagios;

/// <summary>A threshold: <c>10</c> alerts outside of 0 to 10, <c>10:</c> below 10, <c>~:10</c> above 10, <c>10:20</c> outside, <c>@10:20</c> inside.</summary>
/// <remarks>Source: Monitoring Plugins, Development Guidelines, Threshold and Ranges.</remarks>
public sealed record NagiosRange
{
    private double Start { get; init; }

    private double End { get; init; } = double.PositiveInfinity;

    private bool IsInside { get; init; }

    /// <summary>As it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the value is one to alert on.</summary>
    public bool IsAlert(double value) => (value >= Start && value <= End) == IsInside;

    /// <exception cref="PatroniOpsException">It is no range.</exception>
    public static NagiosRange Parse(string text)
    {
        var body = text.StartsWith('@') ? text[1..] : text;
        var colon = body.IndexOf(':', StringComparison.Ordinal);
        var from = colon < 0 ? "" : body[..colon];
        var to = body[(colon + 1)..];
        double start = 0, end = double.PositiveInfinity;
        if ((from.Length > 0 && from != "~" && !TryRead(from, out start)) || (to.Length > 0 && !TryRead(to, out end)) || (from.Length == 0 && to.Length == 0) || (from == "~" ? double.NegativeInfinity : start) > end)
            throw new PatroniOpsException(FailureKind.NotConfigured, $"'{text}' is no range of Nagios, such as 10, 10:, ~:10, 10:20 or @10:20.");
        return new NagiosRange { Text = text, Start = from == "~" ? double.NegativeInfinity : start, End = end, IsInside = text.StartsWith('@') };
    }

    private static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public override string ToString() => Text;
}
