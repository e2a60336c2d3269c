using System.Net;
using System.Net.Sockets;

namespace PatroniOps.Lab.Faults;

/// <summary>One caller of a proxy, and the way to the endpoint behind it.</summary>
/// <param name="socket">The caller.</param>
/// <param name="target">The endpoint.</param>
/// <param name="proxy">What tells the fault of the moment.</param>
internal sealed class ProxiedLine(Socket socket, IPEndPoint target, FaultProxy proxy) : IDisposable
{
    private static readonly TimeSpan DripInterval = TimeSpan.FromMilliseconds(100);

    private readonly HeardStream caller = new(new NetworkStream(socket, ownsSocket: false), proxy.Hear);
    private long answered;

    /// <summary>What the caller sends is kept.</summary>
    public Stream Caller => caller;

    private LineFault Fault => proxy.Fault as LineFault ?? LineFault.None;

    private bool IsBad => Fault.IsBad(Interlocked.Read(ref answered));

    /// <summary>Keeps what the caller said under a cover that the proxy has lifted.</summary>
    public void Hear(ReadOnlySpan<byte> bytes) => proxy.Hear(bytes);

    /// <summary>Passes on what both sides say, as the fault allows, until one of them has closed.</summary>
    public Task ForwardAsync(CancellationToken cancellationToken) => ForwardAsync(ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>The same, where something of what the caller said has been read already.</summary>
    public async Task ForwardAsync(ReadOnlyMemory<byte> said, CancellationToken cancellationToken)
    {
        if (IsBad && Fault.Fate == LineFate.Cut)
        {
            Cut();
            return;
        }
        using var endpoint = new TcpClient { NoDelay = true };
        await endpoint.ConnectAsync(target, cancellationToken);
        await endpoint.GetStream().WriteAsync(said, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] directions = [AskAsync(endpoint.GetStream(), ended.Token), AnswerAsync(endpoint.GetStream(), ended.Token)];
        await Task.WhenAny(directions);
        await ended.CancelAsync();
        await Task.WhenAll(directions);
    }

    /// <summary>Resets the connection.</summary>
    public void Cut()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose()
    {
        caller.Dispose();
        socket.Dispose();
    }

    private async Task AskAsync(NetworkStream endpoint, CancellationToken cancellationToken)
    {
        var buffer = new byte[16384];
        while (await caller.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            await Task.Delay(Fault.Delay, cancellationToken);
            if (!IsBad || Fault.Fate == LineFate.Drip)
                await endpoint.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
    }

    private async Task AnswerAsync(NetworkStream endpoint, CancellationToken cancellationToken)
    {
        var buffer = new byte[16384];
        while (await endpoint.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            await Task.Delay(Fault.Delay, cancellationToken);
            for (var passed = 0; passed < length;)
                passed += await PassAsync(buffer.AsMemory(passed, length - passed), cancellationToken);
        }
        // The endpoint's goodbye is lost on a line that is half open.
        if (IsBad && Fault.Fate == LineFate.HalfOpen)
            await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    // How many of the bytes are done with.
    private async Task<int> PassAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var (fault, before) = (Fault, Interlocked.Read(ref answered));
        if (!fault.IsBad(before))
        {
            var length = fault.Fate == LineFate.Whole ? bytes.Length : (int)Math.Min(bytes.Length, fault.Passing - before);
            await caller.WriteAsync(bytes[..length], cancellationToken);
            Interlocked.Add(ref answered, length);
            return length;
        }
        switch (fault.Fate)
        {
            case LineFate.Cut:
                Cut();
                return bytes.Length;
            case LineFate.HalfOpen:
                return bytes.Length;
            default:
                await caller.WriteAsync(bytes[..1], cancellationToken);
                await Task.Delay(DripInterval, cancellationToken);
                return 1;
        }
    }
}
