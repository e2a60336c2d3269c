namespace PatroniOps.Help.Pages;

/// <summary>A link at the end of a page.</summary>
/// <param name="Text">The name of a cmdlet or an about_ page, or a title.</param>
/// <param name="Address">An address on the web; null for a page of this help.</param>
internal sealed record HelpLink(string Text, Uri? Address);
