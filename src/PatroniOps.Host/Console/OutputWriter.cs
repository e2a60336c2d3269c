using System.Management.Automation;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PatroniOps.Host.Console;

/// <summary>Standard output: UTF-8, written through at once so that a reader sees each object as it comes.</summary>
internal sealed class OutputWriter : IDisposable
{
    private readonly StreamWriter _writer = new(Open(), new UTF8Encoding(false)) { AutoFlush = true };

    /// <summary>Whether the reader has gone away, as <c>head</c> does.</summary>
    public bool IsClosed { get; private set; }

    /// <exception cref="PipelineStoppedException">Nobody reads any more: the pipeline has no reason to go on.</exception>
    public void Write(string text)
    {
        if (IsClosed)
            throw new PipelineStoppedException();
        try
        {
            _writer.Write(text);
        }
        catch (IOException)
        {
            IsClosed = true;
            throw new PipelineStoppedException();
        }
    }

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    public void Dispose()
    {
        if (!IsClosed)
            _writer.Dispose();
    }

    // The console's own stream hides that a reader went away, and a watch would run on for nobody. A file stream says so; but it keeps
    // its own position in a file, which `> log 2>&1` shares with standard error.
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return System.Console.OpenStandardOutput();
        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return direct.CanSeek ? System.Console.OpenStandardOutput() : direct;
    }
}
