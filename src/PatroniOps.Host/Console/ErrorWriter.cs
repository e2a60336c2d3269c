namespace PatroniOps.Host.Console;

/// <summary>Standard error, with at most one line of progress at its end; and the log, where there is one.</summary>
/// <param name="log">Gets every message too.</param>
/// <param name="isLogOnly">Messages go only to the log: it is on standard error itself.</param>
internal sealed class ErrorWriter(RunLog? log = null, bool isLogOnly = false)
{
    private readonly Lock _gate = new();
    private readonly bool _isTerminal = !System.Console.IsErrorRedirected;
    private int _progressLength;

    /// <summary>What was told as an error or a warning, where it is to be kept for a document of the whole run; null otherwise.</summary>
    public List<(string Level, string Text)>? Kept { get; set; }

    /// <summary>Names the run in its log and in its document.</summary>
    public string CorrelationId { get; } = log?.CorrelationId ?? RunLog.NewCorrelationId();

    /// <summary>Something to know about the work.</summary>
    /// <param name="level">error, warning, verbose or debug.</param>
    /// <param name="prefix">What stands before the text for a person.</param>
    /// <param name="text">What is the case.</param>
    public void Tell(string level, string prefix, string text)
    {
        log?.Write(level, text);
        lock (_gate)
            Kept?.Add((level, text));
        if (!isLogOnly)
            WriteLine(prefix + text);
    }

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    public void Write(string text)
    {
        ClearProgress();
        System.Console.Error.Write(text);
    }

    /// <summary>Replaces the line of progress; in a log file, where nothing can be replaced, there is none.</summary>
    public void ShowProgress(string text)
    {
        if (!_isTerminal)
            return;
        ClearProgress();
        System.Console.Error.Write(text);
        _progressLength = text.Length;
    }

    public void ClearProgress()
    {
        if (_progressLength > 0)
            System.Console.Error.Write("\r" + new string(' ', _progressLength) + "\r");
        _progressLength = 0;
    }
}
