namespace PatroniOps.Lab.Faults;

/// <summary>A line to a real endpoint that goes bad. It may be set while connections are open, and holds for them too.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Fate">What becomes of it.</param>
public sealed record LineFault(string Name, LineFate Fate) : Fault(Name)
{
    /// <summary>Nothing is wrong.</summary>
    public static LineFault None { get; } = new("none", LineFate.Whole);

    /// <summary>How many bytes of answers pass on a connection before.</summary>
    public long Passing { get; init; }

    /// <summary>How late whatever passes arrives.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether a connection that has given so many bytes of answers is bad.</summary>
    internal bool IsBad(long answered) => Fate != LineFate.Whole && answered >= Passing;

    internal override Task ServeAsync(ProxiedLine line, CancellationToken cancellationToken) => line.ForwardAsync(cancellationToken);
}
