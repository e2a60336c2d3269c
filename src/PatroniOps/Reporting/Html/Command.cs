namespace PatroniOps.Reporting.Html;

/// <summary>A command to be copied: it goes on in the next line between its words, not at the hyphen of a parameter.</summary>
internal static class Command
{
    public static HtmlFragment Of(string command)
    {
        var html = new HtmlWriter();
        foreach (var word in command.Split(' '))
            html.Write($"<span>{word}</span>");
        // The line ends between them are the spaces.
        return new HtmlFragment($"<code>{html.ToString().TrimEnd('\n')}</code>");
    }
}
