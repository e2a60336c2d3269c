using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace PatroniOps.Lab.Faults;

/// <summary>A port of 127.0.0.1 before a real endpoint, with a fault that may be changed while it runs.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int Backlog = 128;
    private const int MostHeard = 1 << 20;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<ProxiedLine, Task> lines = new();
    private readonly StringBuilder heard = new();
    private readonly IPEndPoint target;
    private readonly Task accepting;
    private Fault fault = LineFault.None;
    private int accepted;

    private FaultProxy(IPEndPoint target)
    {
        this.target = target;
        listener.Start(Backlog);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its address for a caller of Patroni.</summary>
    public Uri Uri => new($"http://127.0.0.1:{Port}/");

    /// <summary>What is wrong. Holds for new connections, and where it is the line that is bad, for those that are open.</summary>
    public Fault Fault
    {
        get => Volatile.Read(ref fault);
        set
        {
            Volatile.Write(ref fault, value);
            if (value is LineFault { Fate: LineFate.Cut, Passing: 0 })
                foreach (var line in lines.Keys)
                    line.Cut();
        }
    }

    /// <summary>How many connections callers have open.</summary>
    public int Open => lines.Count;

    /// <summary>How many there have been.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>What callers have sent, byte by byte as Latin 1; the first megabyte.</summary>
    public string Heard
    {
        get
        {
            lock (heard)
                return heard.ToString();
        }
    }

    /// <summary>Listens before an endpoint on 127.0.0.1.</summary>
    public static FaultProxy Before(int port) => new(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>Closes the port and every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        foreach (var line in lines.Keys)
            line.Dispose();
        await Task.WhenAll(lines.Values);
        stop.Dispose();
    }

    internal void Hear(ReadOnlySpan<byte> bytes)
    {
        lock (heard)
            if (heard.Length < MostHeard)
                heard.Append(Encoding.Latin1.GetString(bytes));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var caller = await listener.AcceptSocketAsync(stop.Token);
                caller.NoDelay = true;
                Interlocked.Increment(ref accepted);
                var line = new ProxiedLine(caller, target, this);
                var begin = new TaskCompletionSource();
                lines[line] = ServeAsync(line, begin.Task);
                begin.SetResult();
            }
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // No more callers.
        }
    }

    private async Task ServeAsync(ProxiedLine line, Task begin)
    {
        await begin;
        try
        {
            using (line)
                await Fault.ServeAsync(line, stop.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // One of the two sides went, or the proxy stops.
        }
        finally
        {
            lines.TryRemove(line, out _);
        }
    }
}
