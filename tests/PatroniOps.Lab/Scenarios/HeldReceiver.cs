using Npgsql;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Scenarios;

/// <summary>A WAL receiver that is stopped between two of its works: in the midst of one it would hold a lock, and its whole server would hang with it.</summary>
public static class HeldReceiver
{
    private const int Attempts = 10;

    /// <exception cref="LabException">There is no WAL receiver, or it never was between two works.</exception>
    public static async Task StopAsync(LabMember replica, CancellationToken cancellationToken = default)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (replica.SignalPostgres("walreceiver", LabSignal.Stop) == 0)
                throw new LabException($"{replica.Name} has no WAL receiver.");
            if (await AnswersAsync(replica, cancellationToken))
                return;
            Release(replica);
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
        throw new LabException($"{replica.Name} hangs whenever its WAL receiver is stopped.");
    }

    public static void Release(LabMember replica) => replica.SignalPostgres("walreceiver", LabSignal.Continue);

    // What a receiver may hold: the control file, and its own state in shared memory.
    private static async Task<bool> AnswersAsync(LabMember replica, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await replica.ExecuteAsync("SELECT FROM pg_control_checkpoint(), pg_stat_wal_receiver", limit.Token);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or NpgsqlException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
