namespace PatroniOps.LabTests.Support;

/// <summary>Looks at the arguments of every process of this machine for as long as it lives, and remembers those that hold one of the texts.</summary>
internal sealed class CommandLines : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<string> found = new(StringComparer.Ordinal);
    private readonly Task work;

    private CommandLines(IReadOnlyList<string> texts) => work = Task.Run(() => Look(texts));

    /// <summary>How often all processes were looked at.</summary>
    public int Rounds { get; private set; }

    public static CommandLines Watch(params IReadOnlyList<string> texts) => new(texts);

    /// <summary>Ends it and tells what was found.</summary>
    public async Task<IReadOnlyCollection<string>> FoundAsync()
    {
        await stop.CancelAsync();
        await work;
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await FoundAsync();
        stop.Dispose();
    }

    private void Look(IReadOnlyList<string> texts)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
            {
                var line = Read(Path.Combine(process, "cmdline"));
                if (texts.Any(text => line.Contains(text, StringComparison.Ordinal)))
                    found.Add(line.Replace('\0', ' '));
            }
            Rounds++;
            stop.Token.WaitHandle.WaitOne(20);
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
