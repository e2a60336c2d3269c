namespace PatroniOps.Logs;

/// <summary>
/// Scans one file in blocks. Bytes are searched for the messages' rarest fragments; only records that hold one are decoded and taken apart.
/// Memory is one block whatever the file's size; of a record longer than 64 KiB the beginning is looked at.
/// </summary>
internal sealed class LogScanner(string path, LogReadOptions options)
{
    private const int BlockSize = 512 * 1024;
    private const int HeadSize = 1024;

    private static readonly LiteralScanner English = new(LogRules.Anchors);

    // Where words tell nothing, the zeros in a segment's name lead to it.
    private static readonly LiteralScanner Foreign = new(LogRules.Anchors.Append("000000"));

    private readonly byte[] buffer = new byte[BlockSize + (2 * LogRecords.MaxLength)];
    private readonly LogJudge judge = new();
    private readonly LogEventFactory factory = new(path, options);
    private int start;
    private int end;
    private int counted;
    private long line = 1;
    private bool isForeign;
    private bool isSkipping;
    private bool hasCsv;

    /// <summary>True once a time without a known zone was met.</summary>
    public bool HasInexactTimes => factory.HasInexactTimes;

    /// <summary>Reads what the stream has now and gives the events of one block after the other.</summary>
    /// <param name="stream">The file's content from where the last call ended.</param>
    /// <param name="isFinal">True when nothing will follow: a last line without a newline counts.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public IEnumerable<LogEvent> Read(Stream stream, bool isFinal, CancellationToken cancellationToken)
    {
        for (var atEnd = false; !atEnd;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            atEnd = Fill(stream);
            foreach (var found in Block(atEnd, isFinal))
                if (options.Wants(found))
                    yield return found;
        }
    }

    // True at the end of the stream.
    private bool Fill(Stream stream)
    {
        MakeRoom();
        while (end < buffer.Length)
        {
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                return true;
            end += read;
        }
        return false;
    }

    // What was scanned goes, but for the beginning of a record that may run on.
    private void MakeRoom()
    {
        var keep = Math.Max(0, start - LogRecords.MaxLength);
        if (keep == 0)
            return;
        CountTo(start);
        Buffer.BlockCopy(buffer, keep, buffer, 0, end - keep);
        (start, end, counted) = (start - keep, end - keep, start - keep);
    }

    private List<LogEvent> Block(bool atEnd, bool isFinal)
    {
        List<LogEvent> found = [];
        if (isSkipping && !LeaveLongLine())
            return found;
        var limit = Limit(atEnd, isFinal);
        if (limit < 0)
        {
            if (atEnd && end < buffer.Length)
                return found;
            // One line fills the buffer: its beginning must do.
            Scan(start, Math.Min(end, start + LogRecords.MaxLength), found);
            isSkipping = true;
            LeaveLongLine();
            return found;
        }
        LookAtLanguage(limit, found);
        start = Scan(start, limit, found);
        return found;
    }

    // Up to where whole lines reach, with room behind them for records that run on.
    private int Limit(bool atEnd, bool isFinal)
    {
        if (atEnd && isFinal)
            return end;
        var room = atEnd ? end : Math.Max(start, end - LogRecords.MaxLength);
        var newline = buffer.AsSpan(start, room - start).LastIndexOf((byte)'\n');
        if (newline < 0 && !atEnd)
            newline = buffer.AsSpan(start, end - start).LastIndexOf((byte)'\n');
        return newline < 0 ? -1 : start + newline + 1;
    }

    private bool LeaveLongLine()
    {
        var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
        start = newline < 0 ? end : start + newline + 1;
        isSkipping = newline < 0;
        return !isSkipping;
    }

    // The position of the first line that was not looked at; beyond the limit when a record reaches beyond it.
    private int Scan(int from, int limit, List<LogEvent> found)
    {
        var position = from;
        while (position < limit)
        {
            var hit = (isForeign ? Foreign : English).IndexOf(buffer.AsSpan(position, limit - position));
            if (hit < 0)
                return limit;
            var records = new LogRecords(buffer.AsSpan(0, end));
            var lineStart = records.LineStart(position + hit, position);
            var record = records.At(lineStart, hasCsv ? Math.Max(0, lineStart - LogRecords.MaxLength) : lineStart);
            position = Math.Max(record.End, records.LineEnd(position + hit) + 1);
            if (record.Line is { } line && judge.Recognize(line, isForeign) is { } recognized)
            {
                CountTo(record.Start);
                found.Add(factory.Create(line, recognized, this.line));
            }
        }
        return Math.Min(position, end);
    }

    private void CountTo(int position)
    {
        if (position <= counted)
            return;
        line += buffer.AsSpan(counted, position - counted).Count((byte)'\n');
        counted = position;
    }

    // A few lines of every block tell its format and language.
    private void LookAtLanguage(int limit, List<LogEvent> found)
    {
        var records = new LogRecords(buffer.AsSpan(0, end));
        var sampleEnd = Math.Min(limit, start + (line == 1 && counted == 0 ? LogRecords.MaxLength : HeadSize));
        for (var position = start; position < sampleEnd && !isForeign;)
        {
            var record = records.At(position, position);
            hasCsv |= record.Line?.Format == LogFormat.PostgresCsv;
            if (record.Line is { IsLocalized: true } foreign)
            {
                isForeign = true;
                CountTo(position);
                found.Add(factory.NotEnglish(foreign, line));
            }
            position = Math.Max(record.End, position + 1);
        }
    }
}
