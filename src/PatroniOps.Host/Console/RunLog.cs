using System.Globalization;
using System.Text.Json;
using PatroniOps.Host.CommandLine;

namespace PatroniOps.Host.Console;

/// <summary>What is said about the work, as JSON lines: time, level, the run's correlation id, and the text. Objects and secrets do not come here.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _stream;

    private RunLog(Stream stream, string correlationId)
    {
        _stream = stream;
        CorrelationId = correlationId;
    }

    /// <summary>Names the run in every line.</summary>
    public string CorrelationId { get; }

    /// <summary>PATRONIOPS_CORRELATION_ID, so that a job's runs belong together, else a new one.</summary>
    public static string NewCorrelationId() =>
        Environment.GetEnvironmentVariable("PATRONIOPS_CORRELATION_ID") is { Length: > 0 } given ? given : Guid.NewGuid().ToString("N");

    /// <param name="path">Appended to; several processes may at once.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static RunLog Open(string path)
    {
        try
        {
            var stream = path == "-" ? System.Console.OpenStandardError() : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return new RunLog(stream, NewCorrelationId());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The log cannot be written: {error.Message}");
        }
    }

    /// <summary>Writes one line, whole.</summary>
    public void Write(string level, string text, int? exitCode = null)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WriteString("level", level);
            writer.WriteString("correlationId", CorrelationId);
            writer.WriteNumber("process", Environment.ProcessId);
            writer.WriteString("message", text);
            if (exitCode is { } code)
                writer.WriteNumber("exitCode", code);
            writer.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        lock (_gate)
            _stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public void Dispose() => _stream.Dispose();
}
