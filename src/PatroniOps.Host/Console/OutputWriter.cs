using System.Management.Automation;
using System.Text;

namespace PatroniOps.Host.Console;

/// <summary>Standard output: UTF-8, written through at once so that a reader sees each object as it comes.</summary>
internal sealed class OutputWriter : IDisposable
{
    private readonly StreamWriter _writer = new(System.Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };

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
}
