using System.Globalization;
using System.Text;

namespace PatroniOps.Lab.StandIn;

/// <summary>HTTP as Patroni speaks it: version 1.0, one request a connection.</summary>
internal static class PatroniServer
{
    public static async Task AnswerAsync(Stream stream, PatroniAnswers answers, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var request = await reader.ReadLineAsync(cancellationToken);
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // The headers change nothing.
        }
        var body = request?.Split(' ') is ["GET", var path, _] ? answers.To(path) : null;
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Response(body)), cancellationToken);
    }

    private static string Response(string? body) => body is null
        ? "HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        : string.Create(CultureInfo.InvariantCulture, $"HTTP/1.0 200 OK\r\nServer: BaseHTTP/0.6 Python/3.11.2\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
