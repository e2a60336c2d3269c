namespace PatroniOps.Chaos.Operators;

/// <summary>What the watch told, as much of it as matters here.</summary>
/// <param name="HeardAt">When it came.</param>
/// <param name="Kind">Began, Opened, Worsened, Improved, Closed.</param>
/// <param name="Id">The finding; null: the verdict.</param>
/// <param name="Member">Whose it is; null: the cluster's.</param>
/// <param name="Severity">How bad the finding is.</param>
/// <param name="Verdict">The cluster's.</param>
/// <param name="Message">In words.</param>
/// <param name="Cause">The likely cause, where the message does not say it.</param>
internal sealed record WatchEvent(DateTimeOffset HeardAt, string Kind, string? Id, string? Member, string? Severity, string Verdict, string Message, string? Cause)
{
    public bool IsNews => Id is not null && Kind is "Opened" or "Worsened";
}
