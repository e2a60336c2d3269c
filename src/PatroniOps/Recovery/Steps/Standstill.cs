using PatroniOps.Patroni;

namespace PatroniOps.Recovery.Steps;

/// <summary>Nothing runs on the member's data, whatever happened since it was stopped.</summary>
internal static class Standstill
{
    /// <summary>Stops Patroni, and whatever PostgreSQL it leaves running, unless the member leads.</summary>
    /// <exception cref="PatroniOpsException">The member leads now, or does not stop.</exception>
    public static async Task EnsureAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        await RefuseLeaderAsync(context, cancellationToken).ConfigureAwait(false);
        await context.Member.Service.StopAsync(cancellationToken).ConfigureAwait(false);
        await Trial.StopAsync(context, context.Job.DataDirectory, cancellationToken).ConfigureAwait(false);
    }

    // Hours may have passed since the rebuild was begun: the member may have been promoted, and have rows that nobody else has.
    private static async Task RefuseLeaderAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var snapshot = await context.LookAsync(cancellationToken).ConfigureAwait(false);
        var member = snapshot.Members.FirstOrDefault(m => m.Name == context.Job.Member);
        if (member is { IsLeader: true } || member?.Patroni.Value?.IsLeader == true || member?.Postgres.State.Value?.IsInRecovery == false)
            throw new PatroniOpsException(FailureKind.Refused, $"{context.Job.Member} leads now, or takes writes: it is not stopped. Switch over to another member first.");
    }
}
