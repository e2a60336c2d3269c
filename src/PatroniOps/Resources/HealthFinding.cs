namespace PatroniOps.Resources;

/// <summary>A finding in short.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Member">Null: the cluster as a whole.</param>
/// <param name="Message">One sentence.</param>
public sealed record HealthFinding(string Id, string Severity, string? Member, string Message);
