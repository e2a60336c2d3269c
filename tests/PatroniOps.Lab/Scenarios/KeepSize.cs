namespace PatroniOps.Lab.Scenarios;

/// <summary>max_slot_wal_keep_size, which the lab must have set to little.</summary>
internal static class KeepSize
{
    /// <exception cref="LabException">There is no limit.</exception>
    public static async Task DemandAsync(LabMember leader, CancellationToken cancellationToken)
    {
        if (await leader.ScalarAsync<string>("SHOW max_slot_wal_keep_size", cancellationToken) is "-1")
            throw new LabException("This needs a lab with max_slot_wal_keep_size.");
    }

    /// <summary>Writes more WAL than the limit and wal_keep_size keep.</summary>
    /// <param name="segments">Of 16 MB; more than three are beyond a limit of 32 MB.</param>
    public static async Task ExceedAsync(LabMember leader, int segments, CancellationToken cancellationToken)
    {
        for (var i = 0; i < segments; i++)
            await leader.ExecuteAsync(WalPressure.FillSegment, cancellationToken);
    }
}
