using PatroniOps.Patroni;

namespace PatroniOps.Nodes;

/// <summary>
/// What a program on a node writes, read as it comes. That it ends is its end only when the program has succeeded: half a file, of a connection that
/// broke, is an error and not a short file.
/// </summary>
/// <param name="process">The program; it ends with this.</param>
/// <param name="failure">What is wrong with how it ended; null: nothing.</param>
/// <param name="cancellationToken">Ends it, also while it is read.</param>
internal sealed class NodeOutput(NodeProcess process, Func<NodeResult, Exception?> failure, CancellationToken cancellationToken) : ReadOnlyStream
{
    // A pipe that nobody reads would stop a program that complains much.
    private readonly Task<string> said = process.ReadErrorAsync(CancellationToken.None);
    private readonly CancellationTokenRegistration ending = cancellationToken.Register(process.End);
    private bool hasEnded;

    /// <exception cref="IOException">The connection to the node broke, or what else how the program ended means to whoever began it.</exception>
    public override int Read(Span<byte> buffer)
    {
        var length = process.Output.Read(buffer);
        if (length == 0 && buffer.Length > 0 && !hasEnded)
            End();
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ending.Dispose();
            if (!hasEnded)
                process.End();
            process.Dispose();
        }
        base.Dispose(disposing);
    }

    private void End()
    {
        cancellationToken.ThrowIfCancellationRequested();
        var code = process.ExitAsync(cancellationToken).GetAwaiter().GetResult();
        hasEnded = true;
        var result = new NodeResult(code, [], said.GetAwaiter().GetResult());
        if (Failure(result) is { } error)
            throw error;
    }

    private Exception? Failure(NodeResult result)
    {
        try
        {
            return failure(result);
        }
        catch (PatroniOpsException e)
        {
            return new IOException(e.Message, e);
        }
    }
}
