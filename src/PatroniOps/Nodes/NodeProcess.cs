using System.ComponentModel;
using System.Diagnostics;
using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>A program that runs on a node, with its three streams. Disposing ends it.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Process process;

    private NodeProcess(Process process) => this.process = process;

    public bool HasEnded => process.HasExited;

    /// <exception cref="PatroniOpsException">There is no such program here.</exception>
    public static NodeProcess Start(string node, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            // The directory that the tool was started in may be closed to the user whom the command becomes.
            WorkingDirectory = Path.GetFullPath("/"),
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return new NodeProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new PatroniOpsException(FailureKind.NotConfigured, $"{node}: {command[0]} cannot be run: {e.Message}.", e);
        }
    }

    /// <summary>Gives it its input, waits for its end and reads what it wrote. A cancelled one is ended.</summary>
    public Task<NodeResult> EndAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken) => EndAsync(() => FeedAsync(input, cancellationToken), cancellationToken);

    /// <summary>Waits for its end with its input open, and reads what it wrote.</summary>
    public Task<NodeResult> EndAsync(CancellationToken cancellationToken) => EndAsync(() => Task.CompletedTask, cancellationToken);

    private async Task<NodeResult> EndAsync(Func<Task> feed, CancellationToken cancellationToken)
    {
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output, CancellationToken.None);
        try
        {
            await feed().ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            await copying.ConfigureAwait(false);
            return new NodeResult(process.ExitCode, output.ToArray(), await error.ConfigureAwait(false));
        }
        finally
        {
            Kill();
        }
    }

    /// <summary>What it writes, as bytes.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Waits for its end, after all its output was read.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>Ends it at once: for one that only writes, and leaves nothing behind.</summary>
    public void End()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>Waits for a line of output; null when it ended first.</summary>
    public Task<string?> ReadLineAsync(CancellationToken cancellationToken) => process.StandardOutput.ReadLineAsync(cancellationToken).AsTask();

    /// <summary>Waits for a line of standard error; null when it ended.</summary>
    public Task<string?> ReadErrorLineAsync() => process.StandardError.ReadLineAsync();

    public Task<string> ReadErrorAsync(CancellationToken cancellationToken) => process.StandardError.ReadToEndAsync(cancellationToken);

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private async Task FeedAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code tells why.
        }
    }

    // What ends with its input, a lock's holder for instance, is given the time: a tree is stopped before it is killed, and a tool that is itself
    // killed in between would leave the holder stopped, and the lock held for ever.
    private void Kill()
    {
        try
        {
            if (process.HasExited)
                return;
            process.StandardInput.Close();
            if (!process.WaitForExit(Grace))
                process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or IOException)
        {
            // It has just ended by itself.
        }
    }
}
