using System.Text;

namespace PatroniOps.Lab.Faults;

/// <summary>Lets through to a real Patroni what only reads, and answers by itself what would change something.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Answer">The whole answer, head and body.</param>
public sealed record ChangeFault(string Name, string Answer) : Fault(Name)
{
    /// <summary>Sends whoever would change something on to another host, with its method and its body.</summary>
    public static ChangeFault Redirect(Uri to) =>
        new("redirect-changes", $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

    internal override async Task ServeAsync(ProxiedLine line, CancellationToken cancellationToken)
    {
        var buffer = new byte[16384];
        var length = await line.Caller.ReadAsync(buffer, cancellationToken);
        if (Encoding.ASCII.GetString(buffer, 0, length).StartsWith("GET ", StringComparison.Ordinal))
            await line.ForwardAsync(buffer.AsMemory(0, length), cancellationToken);
        else
            await line.Caller.WriteAsync(Encoding.ASCII.GetBytes(Answer), cancellationToken);
    }
}
