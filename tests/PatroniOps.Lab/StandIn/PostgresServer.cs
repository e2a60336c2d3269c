using System.Buffers.Binary;
using System.Text;

namespace PatroniOps.Lab.StandIn;

/// <summary>One connection of PostgreSQL's protocol 3: anybody may log in, and every query gives one row of one text.</summary>
/// <param name="input">What the caller sends, buffered.</param>
/// <param name="stream">Where the answers go.</param>
/// <param name="answers">What to say.</param>
/// <remarks>Source: PostgreSQL, protocol-flow.html and protocol-message-formats.html.</remarks>
internal sealed class PostgresServer(Stream input, Stream stream, PostgresAnswers answers)
{
    private const int TlsRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int CancelRequest = 80877102;
    private const int LongestMessage = 1 << 20;

    private static readonly (string Name, string Value)[] Parameters =
    [
        ("server_version", "15.18"), ("server_encoding", "UTF8"), ("client_encoding", "UTF8"), ("DateStyle", "ISO, MDY"), ("TimeZone", "UTC"),
        ("integer_datetimes", "on"), ("standard_conforming_strings", "on"),
    ];

    private readonly PostgresMessages output = new();

    // The statement that was parsed last: the only one, for it has no name.
    private string statement = "";

    // After an error everything up to the next Sync is passed over.
    private bool isFailed;

    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        if (!await LogInAsync(cancellationToken))
            return;
        var header = new byte[5];
        while (await input.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) == header.Length)
        {
            var kind = (char)header[0];
            if (kind == 'X')
                return;
            Take(kind, await BodyAsync(BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)), cancellationToken));
            if (kind is 'S' or 'H' or 'Q')
                await output.SendAsync(stream, cancellationToken);
        }
    }

    private async Task<bool> LogInAsync(CancellationToken cancellationToken)
    {
        var header = new byte[4];
        while (await input.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) == header.Length)
        {
            var body = await BodyAsync(BinaryPrimitives.ReadInt32BigEndian(header), cancellationToken);
            switch (BinaryPrimitives.ReadInt32BigEndian(body))
            {
                case TlsRequest or GssRequest:
                    await stream.WriteAsync("N"u8.ToArray(), cancellationToken);
                    continue;
                case CancelRequest:
                    return false;
            }
            output.AuthenticationOk();
            foreach (var (name, value) in Parameters)
                output.ParameterStatus(name, value);
            output.BackendKeyData(1, 1);
            output.ReadyForQuery();
            await output.SendAsync(stream, cancellationToken);
            return true;
        }
        return false;
    }

    private void Take(char kind, byte[] body)
    {
        if (isFailed && kind is not ('S' or 'Q'))
            return;
        switch (kind)
        {
            case 'P': // Parse: the statement's name, then its text
                statement = Text(body, Array.IndexOf(body, (byte)0) + 1);
                output.ParseComplete();
                break;
            case 'B':
                output.BindComplete();
                break;
            case 'D':
                output.RowDescription();
                break;
            case 'E':
                Execute();
                break;
            case 'C':
                output.CloseComplete();
                break;
            case 'S':
                isFailed = false;
                output.ReadyForQuery();
                break;
            case 'Q':
                statement = Text(body, 0);
                output.RowDescription();
                Execute();
                isFailed = false;
                output.ReadyForQuery();
                break;
        }
    }

    private void Execute()
    {
        if (answers.To(statement) is { } text)
        {
            output.DataRow(text);
            output.CommandComplete("SELECT 1");
            return;
        }
        isFailed = true;
        output.ErrorResponse("0A000", $"the stand-in has no answer to: {statement}");
    }

    private async Task<byte[]> BodyAsync(int length, CancellationToken cancellationToken)
    {
        if (length is < 4 or > LongestMessage)
            throw new InvalidDataException($"A message cannot be {length} bytes long.");
        var body = new byte[length - 4];
        await input.ReadExactlyAsync(body, cancellationToken);
        return body;
    }

    private static string Text(byte[] body, int start) => Encoding.UTF8.GetString(body.AsSpan(start, Array.IndexOf(body, (byte)0, start) - start));
}
