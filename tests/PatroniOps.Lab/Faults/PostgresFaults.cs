using System.Buffers.Binary;
using System.Text;
using PatroniOps.Lab.StandIn;

namespace PatroniOps.Lab.Faults;

/// <summary>What something that only pretends to be PostgreSQL may do to whoever logs in.</summary>
/// <remarks>Source: PostgreSQL, protocol-flow.html and protocol-message-formats.html.</remarks>
public static class PostgresFaults
{
    private const int TlsRequest = 80877103;
    private const int CancelRequest = 80877102;

    /// <summary>Asks for the password in clear text, and then for nothing more.</summary>
    public static AnswerFault ClearTextPassword { get; } = new("clear-text-password", async (caller, token) =>
    {
        await GreetedAsync(caller, token);
        await caller.WriteAsync(Message('R', Number(3)), token);
        await ListenAsync(caller, token);
    });

    /// <summary>SCRAM with so many rounds that a login computes for longer than anybody waits.</summary>
    public static AnswerFault ScramRounds { get; } = new("scram-rounds", async (caller, token) =>
    {
        await GreetedAsync(caller, token);
        await caller.WriteAsync(Message('R', Number(10), Text("SCRAM-SHA-256"), new byte[1]), token);
        var first = await MessageAsync(caller, token);
        var nonce = first[(first.IndexOf("r=", StringComparison.Ordinal) + 2)..];
        await caller.WriteAsync(Message('R', Number(11), Encoding.ASCII.GetBytes($"r={nonce}more,s=c2FsdHNhbHRzYWx0c2FsdA==,i=30000000")), token);
        await ListenAsync(caller, token);
    });

    /// <summary>Random bytes from the first one on.</summary>
    public static AnswerFault Garbage { get; } = new("garbage", async (caller, token) =>
    {
        await caller.ReadExactlyAsync(new byte[8], token);
        var bytes = new byte[4096];
        new Random(2).NextBytes(bytes);
        await caller.WriteAsync(bytes, token);
    });

    /// <summary>Another service's greeting.</summary>
    public static AnswerFault OtherService { get; } = new("other-service", async (caller, token) =>
    {
        await caller.WriteAsync("220 mail.example.com ESMTP\r\n"u8.ToArray(), token);
        await ListenAsync(caller, token);
    });

    /// <summary>A message of two gigabytes, by its own word, of which some megabytes come each second.</summary>
    public static AnswerFault HugeMessage { get; } = Answer("huge-message", async (caller, token) =>
    {
        await caller.WriteAsync(Head('E', int.MaxValue - 64), token);
        await FillAsync(caller, TimeSpan.FromMilliseconds(10), token);
    });

    /// <summary>A row of two gigabytes, by its own word.</summary>
    public static AnswerFault HugeRow { get; } = Answer("huge-row", async (caller, token) =>
    {
        const int Length = int.MaxValue - 64;
        await caller.WriteAsync(Begin(), token);
        await caller.WriteAsync(Head('D', Length), token);
        await caller.WriteAsync(new byte[] { 0, 1 }, token);
        await caller.WriteAsync(Number(Length - 10), token);
        await FillAsync(caller, TimeSpan.Zero, token);
    });

    /// <summary>A message that is shorter than its own head.</summary>
    public static AnswerFault NegativeLength { get; } = Answer("negative-length", async (caller, token) =>
    {
        await caller.WriteAsync(Head('D', -5), token);
        await ListenAsync(caller, token);
    });

    /// <summary>Rows without an end.</summary>
    public static AnswerFault EndlessRows { get; } = Answer("endless-rows", async (caller, token) =>
    {
        await caller.WriteAsync(Begin(), token);
        var rows = Enumerable.Repeat(Row("[]"), 1000).SelectMany(row => row).ToArray();
        while (true)
            await caller.WriteAsync(rows, token);
    });

    /// <summary>A row that is no JSON.</summary>
    public static AnswerFault OtherRow { get; } = Answer("other-row", async (caller, token) =>
    {
        await caller.WriteAsync((byte[])[.. Begin(), .. Row("nonsense"), .. Message('C', Text("SELECT 1")), .. Message('Z', "I"u8.ToArray())], token);
        await ListenAsync(caller, token);
    });

    /// <summary>No row at all.</summary>
    public static AnswerFault NoRow { get; } = Answer("no-row", async (caller, token) =>
    {
        await caller.WriteAsync((byte[])[.. Begin(), .. Message('C', Text("SELECT 0")), .. Message('Z', "I"u8.ToArray())], token);
        await ListenAsync(caller, token);
    });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
        [ClearTextPassword, ScramRounds, Garbage, OtherService, HugeMessage, HugeRow, NegativeLength, EndlessRows, OtherRow, NoRow];

    // Lets the caller in, and answers what it asks first.
    private static AnswerFault Answer(string name, Func<Stream, CancellationToken, Task> answer) => new(name, async (caller, token) =>
    {
        if (!await GreetedAsync(caller, token))
            return;
        var output = new PostgresMessages();
        output.AuthenticationOk();
        output.ParameterStatus("server_version", "15.18");
        output.BackendKeyData(1, 1);
        output.ReadyForQuery();
        await output.SendAsync(caller, token);
        await MessageAsync(caller, token);
        await answer(caller, token);
    });

    // There is no TLS here; false for a caller that only wants to cancel.
    private static async Task<bool> GreetedAsync(Stream caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = new byte[8];
            await caller.ReadExactlyAsync(head, cancellationToken);
            await caller.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head) - head.Length], cancellationToken);
            switch (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)))
            {
                case TlsRequest:
                    await caller.WriteAsync("N"u8.ToArray(), cancellationToken);
                    continue;
                case CancelRequest:
                    return false;
                default:
                    return true;
            }
        }
    }

    private static async Task<string> MessageAsync(Stream caller, CancellationToken cancellationToken)
    {
        var head = new byte[5];
        await caller.ReadExactlyAsync(head, cancellationToken);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
        await caller.ReadExactlyAsync(body, cancellationToken);
        return Encoding.Latin1.GetString(body);
    }

    private static async Task ListenAsync(Stream caller, CancellationToken cancellationToken)
    {
        while (await caller.ReadAsync(new byte[4096], cancellationToken) > 0)
        {
            // What is said is kept by the proxy.
        }
    }

    private static async Task FillAsync(Stream caller, TimeSpan pause, CancellationToken cancellationToken)
    {
        var filling = new byte[65536];
        Array.Fill(filling, (byte)' ');
        while (true)
        {
            await caller.WriteAsync(filling, cancellationToken);
            await Task.Delay(pause, cancellationToken);
        }
    }

    // The answers to Parse, Bind and Describe.
    private static byte[] Begin() => [.. Message('1'), .. Message('2'), .. Message('T', [0, 1], Text("answer"), Number(0), [0, 0], Number(25), [255, 255], Number(-1), [0, 0])];

    private static byte[] Row(string value) => Message('D', [0, 1], Number(value.Length), Encoding.ASCII.GetBytes(value));

    private static byte[] Message(char kind, params IReadOnlyList<byte[]> parts) => [.. Head(kind, 4 + parts.Sum(part => part.Length)), .. parts.SelectMany(part => part)];

    private static byte[] Head(char kind, int length) => [(byte)kind, .. Number(length)];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Text(string value) => Encoding.ASCII.GetBytes(value + '\0');
}
