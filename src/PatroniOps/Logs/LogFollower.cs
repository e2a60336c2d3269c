namespace PatroniOps.Logs;

/// <summary>
/// Reads a file as it grows. A file that was cut short, or that another has taken the place of, is read from its beginning; what the old one
/// still got is read first.
/// </summary>
public sealed class LogFollower(string path, LogReadOptions options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private const int HeadLength = 512;

    private byte[] head = [];
    private long position;
    private FileStream? file;
    private LogScanner scanner = new(path, options);

    /// <summary>Gives every event as its line is complete, until the token is cancelled. A file that is not there is waited for.</summary>
    public async Task RunAsync(Action<LogEvent> take, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Look(take, cancellationToken);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (file is not null)
                await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Look(Action<LogEvent> take, CancellationToken cancellationToken)
    {
        if (file is not null)
            ReadOn(take, cancellationToken);
        if (file is null || IsReplaced())
        {
            Reopen();
            if (file is not null)
                ReadOn(take, cancellationToken);
        }
    }

    private void ReadOn(Action<LogEvent> take, CancellationToken cancellationToken)
    {
        if (file!.Length < position)
            Restart();
        foreach (var found in scanner.Read(file, isFinal: false, cancellationToken))
            take(LogEventFactory.Presentable(found));
        position = file.Position;
        if (head.Length < HeadLength)
            head = Head(file);
    }

    // A file cut and written anew beyond where we were shows by its first bytes; so does another under the same name.
    private bool IsReplaced()
    {
        try
        {
            using var now = LogFile.Open(path);
            return now.Length < position || !Head(now).AsSpan().StartsWith(head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Between the renaming of the old file and the making of the new one.
            return false;
        }
    }

    private void Reopen()
    {
        file?.Dispose();
        file = null;
        try
        {
            file = LogFile.Open(path);
        }
        catch (FileNotFoundException)
        {
            // It will come.
        }
        Restart();
    }

    private void Restart()
    {
        scanner = new LogScanner(path, options);
        head = [];
        position = 0;
        if (file is not null)
            file.Position = 0;
    }

    private static byte[] Head(FileStream stream)
    {
        var bytes = new byte[HeadLength];
        var length = RandomAccess.Read(stream.SafeFileHandle, bytes, 0);
        return bytes[..length];
    }
}
