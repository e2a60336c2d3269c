using System.Collections.Concurrent;
using System.Text;

namespace PatroniOps.LabTests.Support;

/// <summary>Looks at the arguments of every process, again and again.</summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);
    private readonly Task work;

    private ProcessWatch() => work = Task.Run(WatchAsync);

    /// <summary>Every command line that was seen.</summary>
    public IReadOnlyCollection<string> CommandLines => [.. seen.Keys];

    public static ProcessWatch Start() => new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var directory in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
                Look(Path.Combine(directory, "cmdline"));
            await Task.Delay(Interval);
        }
    }

    private void Look(string file)
    {
        try
        {
            seen.TryAdd(File.ReadAllText(file, Encoding.UTF8).Replace('\0', ' '), true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
        }
    }
}
