namespace PatroniOps.Help;

/// <summary>A page is not as it must be; the message names page and section.</summary>
internal sealed class HelpException(string message) : Exception(message);
