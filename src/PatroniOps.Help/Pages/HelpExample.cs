namespace PatroniOps.Help.Pages;

/// <summary>An example of a cmdlet's page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Code">PowerShell, as the tests run it.</param>
/// <param name="State">What must be the case for it to run; the info string of its block after <c>powershell</c>.</param>
/// <param name="Remarks">What it shows, in paragraphs.</param>
internal sealed record HelpExample(string Title, string Code, string State, IReadOnlyList<string> Remarks);
