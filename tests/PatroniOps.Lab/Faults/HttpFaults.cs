using System.Globalization;
using System.Text;

namespace PatroniOps.Lab.Faults;

/// <summary>What something else than Patroni may answer at its address.</summary>
public static class HttpFaults
{
    private static readonly byte[] Filling = Encoding.ASCII.GetBytes(new string('x', 65536));

    /// <summary>An error of a server or of a gateway before it.</summary>
    public static AnswerFault InternalServerError { get; } = Status("500", "500 Internal Server Error");

    public static AnswerFault Unavailable { get; } = Status("503", "503 Service Unavailable", "Retry-After: 86400\r\n");

    public static AnswerFault TooManyRequests { get; } = Status("429", "429 Too Many Requests", "Retry-After: 86400\r\n");

    /// <summary>Random bytes.</summary>
    public static AnswerFault Garbage { get; } = new("garbage", async (caller, token) =>
    {
        await HeadAsync(caller, token);
        var bytes = new byte[4096];
        new Random(1).NextBytes(bytes);
        await caller.WriteAsync(bytes, token);
    });

    /// <summary>The page of another service.</summary>
    public static AnswerFault Page { get; } = Body("page", "<!doctype html><title>Welcome</title>");

    /// <summary>JSON that Patroni would not write.</summary>
    public static AnswerFault OtherJson { get; } = Body("other-json", """{"members": {"a": 1}, "state": ["running"], "xlog": 3}""");

    /// <summary>JSON, nested ten thousand times.</summary>
    public static AnswerFault DeepJson { get; } = Body("deep-json", $"{new string('[', 10_000)}{new string(']', 10_000)}");

    /// <summary>A cluster with more members than a machine can ask at the same time.</summary>
    public static AnswerFault ManyMembers { get; } = Body("many-members", $$"""{"members": [{{string.Join(", ", Enumerable.Range(1, 40_000).Select(Member))}}]}""");

    /// <summary>A body without an end.</summary>
    public static AnswerFault EndlessBody { get; } = Endless("endless-body", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[\"");

    /// <summary>A terabyte, by its own word.</summary>
    public static AnswerFault HugeBody { get; } = Endless("huge-body", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1099511627776\r\n\r\n[\"");

    /// <summary>A header without an end.</summary>
    public static AnswerFault EndlessHeader { get; } = Endless("endless-header", "HTTP/1.1 200 OK\r\nX-Long: ");

    /// <summary>All that need no address.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        InternalServerError, Unavailable, TooManyRequests, Garbage, Page, OtherJson, DeepJson, ManyMembers, EndlessBody, HugeBody, EndlessHeader,
    ];

    /// <summary>Sends the caller on, with the method and the body that it came with.</summary>
    public static AnswerFault Redirect(Uri to) => Status("redirect", "307 Temporary Redirect", $"Location: {to}\r\n");

    private static string Member(int number) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"name": "m{{number}}", "role": "replica", "state": "running", "api_url": "http://127.0.0.1:1/", "host": "127.0.0.1", "port": 1}""");

    private static AnswerFault Body(string name, string body) => Whole(name, "200 OK", "", body);

    private static AnswerFault Status(string name, string status, string headers = "") => Whole(name, status, headers, status);

    private static AnswerFault Whole(string name, string status, string headers, string body)
    {
        var answer = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\n{headers}Connection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        return new AnswerFault(name, async (caller, token) =>
        {
            await HeadAsync(caller, token);
            await caller.WriteAsync(answer, token);
        });
    }

    private static AnswerFault Endless(string name, string beginning) => new(name, async (caller, token) =>
    {
        await HeadAsync(caller, token);
        await caller.WriteAsync(Encoding.ASCII.GetBytes(beginning), token);
        while (true)
            await caller.WriteAsync(Filling, token);
    });

    // The whole request: a connection that is closed with bytes unread is reset, and the answer lost.
    private static async Task HeadAsync(Stream caller, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(caller, Encoding.ASCII, leaveOpen: true);
        var length = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
            if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan("Content-Length: ".Length), NumberStyles.None, CultureInfo.InvariantCulture);
        if (length > 0)
            await reader.ReadBlockAsync(new char[length], cancellationToken);
    }
}
