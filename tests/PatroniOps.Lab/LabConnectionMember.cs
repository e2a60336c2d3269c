namespace PatroniOps.Lab;

/// <summary>One member's addresses and files.</summary>
/// <param name="Api">Patroni's REST API.</param>
/// <param name="Host">PostgreSQL's address.</param>
/// <param name="Port">PostgreSQL's port.</param>
/// <param name="Log">Patroni's log file; PostgreSQL's lies beside it.</param>
/// <param name="Network">The network namespace that it runs in; null: that of whoever starts it.</param>
public sealed record LabConnectionMember(
    string Name,
    Uri Api,
    string Host,
    int Port,
    string DataDirectory,
    string Log,
    string PatroniConfig,
    string? Network = null);
