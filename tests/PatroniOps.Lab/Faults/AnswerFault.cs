namespace PatroniOps.Lab.Faults;

/// <summary>An answer that the proxy itself gives, in place of the endpoint.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Answer">Reads what it wants from the caller, and answers.</param>
public sealed record AnswerFault(string Name, Func<Stream, CancellationToken, Task> Answer) : Fault(Name)
{
    internal override Task ServeAsync(ProxiedLine line, CancellationToken cancellationToken) => Answer(line.Caller, cancellationToken);
}
