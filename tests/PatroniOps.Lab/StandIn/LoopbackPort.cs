using System.Net;
using System.Net.Sockets;

namespace PatroniOps.Lab.StandIn;

/// <summary>A free port of 127.0.0.1 whose callers are answered side by side.</summary>
internal sealed class LoopbackPort : IAsyncDisposable
{
    private const int Backlog = 16;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private Task accepting = Task.CompletedTask;
    private int underWay;

    public LoopbackPort()
    {
        listener.Start(Backlog);
        Number = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Number { get; }

    /// <summary>Begins to take callers; each is let go when its answer ends.</summary>
    public void Serve(Func<Stream, CancellationToken, Task> answer) => accepting = AcceptAsync(answer);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        while (Volatile.Read(ref underWay) > 0)
            await Task.Delay(1);
        stop.Dispose();
    }

    private async Task AcceptAsync(Func<Stream, CancellationToken, Task> answer)
    {
        try
        {
            while (true)
            {
                var caller = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref underWay);
                _ = AnswerAsync(caller, answer);
            }
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // No more callers.
        }
    }

    private async Task AnswerAsync(TcpClient caller, Func<Stream, CancellationToken, Task> answer)
    {
        try
        {
            using (caller)
            {
                caller.NoDelay = true;
                await answer(caller.GetStream(), stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The caller went, or the stand-in stops.
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
