namespace PatroniOps.Logs;

/// <summary>Reads the events of one log file, plain or gzip; which of the two, its first bytes tell.</summary>
public static class LogFile
{
    /// <summary>The events in the order of the file; with folding, when the file has been read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to take.</param>
    /// <param name="note">Told once, when times without a known zone were met.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">A gzip file is damaged or ends early; the events before that have been given.</exception>
    public static IEnumerable<LogEvent> Read(string path, LogReadOptions options, Action? note = null, CancellationToken cancellationToken = default)
    {
        using var file = Open(path);
        using var stream = Content(file);
        foreach (var found in Read(stream, path, options, note, cancellationToken))
            yield return found;
    }

    /// <summary>The events of a stream that is not compressed.</summary>
    public static IEnumerable<LogEvent> Read(Stream stream, string path, LogReadOptions options, Action? note = null, CancellationToken cancellationToken = default)
    {
        var scanner = new LogScanner(path, options);
        var folding = options.NoFold ? null : new LogFolding();
        Exception? failure = null;
        using var events = scanner.Read(stream, isFinal: true, cancellationToken).GetEnumerator();
        while (Next(events, ref failure))
            if (folding is null)
                yield return LogEventFactory.Presentable(events.Current);
            else if (folding.Add(events.Current) is { } full)
                yield return full;
        // What was found before a damage is not lost.
        foreach (var found in folding?.Drain() ?? [])
            yield return found;
        if (scanner.HasInexactTimes)
            note?.Invoke();
        if (failure is not null)
            throw failure is InvalidDataException ? new InvalidDataException($"{path} is damaged or ends early: {failure.Message}", failure) : failure;
    }

    /// <summary>Opens a file that others may write, rename and delete meanwhile.</summary>
    internal static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>True when the file begins as a gzip file does.</summary>
    internal static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var length = file.Read(magic);
        file.Position = 0;
        return length == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
    }

    private static Stream Content(FileStream file) =>
        file.CanSeek && IsGzip(file) ? new WholeGzipStream(file) : file;

    private static bool Next(IEnumerator<LogEvent> events, ref Exception? failure)
    {
        try
        {
            return events.MoveNext();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            failure = e;
            return false;
        }
    }
}
