using System.IO.Compression;
using System.Text;
using PatroniOps.Patroni;

namespace PatroniOps.Snapshots;

/// <summary>The lines of a recording; one that ends within a line was cut off, and says so.</summary>
internal sealed class RecordingReader : IDisposable
{
    private readonly string path;
    private readonly StreamReader text;
    private readonly StringBuilder line = new();
    private readonly char[] buffer = new char[16384];
    private int next;
    private int end;

    /// <exception cref="PatroniOpsException">The file cannot be read.</exception>
    public RecordingReader(string path)
    {
        this.path = path;
        try
        {
            text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>The next whole line; null at the end.</summary>
    /// <exception cref="PatroniOpsException">It ends within a line, or is no recording.</exception>
    public async Task<string?> NextAsync(CancellationToken cancellationToken)
    {
        line.Clear();
        while (true)
        {
            var length = Array.IndexOf(buffer, '\n', next, end - next);
            if (length >= 0)
            {
                line.Append(buffer, next, length - next);
                next = length + 1;
                return line.ToString();
            }
            line.Append(buffer, next, end - next);
            (next, end) = (0, await FillAsync(cancellationToken).ConfigureAwait(false));
            if (end == 0)
                return line.Length == 0 ? null : throw CutOff(null);
        }
    }

    public void Dispose() => text.Dispose();

    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await text.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw CutOff(e);
        }
    }

    private PatroniOpsException CutOff(Exception? e) => new(FailureKind.InvalidAnswer, $"{path}: the recording ends within a snapshot, or is damaged there; those before it are good.", e);
}
