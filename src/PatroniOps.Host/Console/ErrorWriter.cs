namespace PatroniOps.Host.Console;

/// <summary>Standard error, with at most one line of progress at its end.</summary>
internal sealed class ErrorWriter
{
    private readonly bool _isTerminal = !System.Console.IsErrorRedirected;
    private int _progressLength;

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
