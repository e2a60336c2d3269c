namespace PatroniOps.Reporting.Html;

/// <summary>Text that is markup already.</summary>
/// <param name="Markup">The markup.</param>
internal readonly record struct HtmlFragment(string Markup);
