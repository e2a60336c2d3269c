namespace PatroniOps.Lab.Faults;

/// <summary>What a proxy does to the connections that come to it.</summary>
/// <param name="Name">Its name on the command line, such as <c>half-open</c>.</param>
public abstract record Fault(string Name)
{
    /// <summary>Serves one caller to the end of its connection.</summary>
    internal abstract Task ServeAsync(ProxiedLine line, CancellationToken cancellationToken);

    /// <summary>Its name, which test output shows.</summary>
    public sealed override string ToString() => Name;
}
