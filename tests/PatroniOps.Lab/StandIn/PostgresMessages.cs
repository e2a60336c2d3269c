using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PatroniOps.Lab.StandIn;

/// <summary>A server's messages of PostgreSQL's protocol 3, gathered until they are sent.</summary>
internal sealed class PostgresMessages
{
    private const int TextType = 25;

    private readonly ArrayBufferWriter<byte> bytes = new();

    public void AuthenticationOk() => Write('R', Number(0));

    public void ParameterStatus(string name, string value) => Write('S', Text(name), Text(value));

    public void BackendKeyData(int process, int key) => Write('K', Number(process), Number(key));

    public void ReadyForQuery() => Write('Z', "I"u8.ToArray());

    public void ParseComplete() => Write('1');

    public void BindComplete() => Write('2');

    public void CloseComplete() => Write('3');

    /// <summary>One column of type text. Its binary form is its text, so that the format that was asked for does not matter.</summary>
    public void RowDescription() =>
        Write('T', Short(1), Text("answer"), Number(0), Short(0), Number(TextType), Short(-1), Number(-1), Short(0));

    public void DataRow(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        Write('D', Short(1), Number(text.Length), text);
    }

    public void CommandComplete(string tag) => Write('C', Text(tag));

    public void ErrorResponse(string state, string message) =>
        Write('E', Text("SERROR"), Text("VERROR"), Text($"C{state}"), Text($"M{message}"), new byte[1]);

    public async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes.WrittenMemory, cancellationToken);
        bytes.ResetWrittenCount();
    }

    private void Write(char kind, params ReadOnlySpan<byte[]> parts)
    {
        var length = 4;
        foreach (var part in parts)
            length += part.Length;
        bytes.Write([(byte)kind]);
        bytes.Write(Number(length));
        foreach (var part in parts)
            bytes.Write(part);
    }

    private static byte[] Number(int value)
    {
        var result = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(result, value);
        return result;
    }

    private static byte[] Short(short value)
    {
        var result = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(result, value);
        return result;
    }

    private static byte[] Text(string value) => Encoding.UTF8.GetBytes(value + '\0');
}
