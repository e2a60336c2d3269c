namespace PatroniOps.Patroni;

/// <summary>A parameter that waits for a restart (Patroni 3.3 and later say which).</summary>
/// <param name="Parameter">PostgreSQL's name of it.</param>
/// <param name="OldValue">The value in force.</param>
/// <param name="NewValue">The value that a restart brings.</param>
public sealed record PendingRestartReason(string Parameter, string? OldValue, string? NewValue)
{
    internal static IReadOnlyList<PendingRestartReason> Parse(System.Text.Json.JsonElement owner)
    {
        if (Json.Property(owner, "pending_restart_reason") is not { ValueKind: System.Text.Json.JsonValueKind.Object } reasons)
            return [];
        return [.. reasons.EnumerateObject().Select(r => new PendingRestartReason(r.Name, Json.Scalar(r.Value, "old_value"), Json.Scalar(r.Value, "new_value")))];
    }

    public override string ToString() => $"{Parameter}: {OldValue} -> {NewValue}";
}
