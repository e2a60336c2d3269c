using System.Runtime.CompilerServices;
using PatroniOps.Connections;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>
/// A look at a cluster while somebody waits at the prompt: for a second at most. One that takes longer goes on, so that the next Tab has it;
/// it serves for some seconds, whatever became of it.
/// </summary>
internal sealed class PromptLook
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private static readonly ConditionalWeakTable<PatroniConnection, PromptLook> Looks = [];

    private readonly long startedAt = TimeProvider.System.GetTimestamp();
    private readonly Task<ClusterSnapshot> work;

    private PromptLook(PatroniConnection connection) => work = Task.Run(() => connection.CollectAsync(CancellationToken.None));

    private TimeSpan Age => TimeProvider.System.GetElapsedTime(startedAt);

    /// <summary>What was seen; null when the cluster did not answer in time, or the look failed: a completer has nobody to tell.</summary>
    public static ClusterSnapshot? At(PatroniConnection connection)
    {
        lock (Looks)
        {
            if (!Looks.TryGetValue(connection, out var look) || look.Age > Lifetime)
                Looks.AddOrUpdate(connection, look = new PromptLook(connection));
            return look.Wait();
        }
    }

    private ClusterSnapshot? Wait()
    {
        var left = Patience - Age;
        if (left > TimeSpan.Zero)
            Task.WaitAny([work], left);
        return work.IsCompletedSuccessfully && work.Result.View.IsKnown ? work.Result : null;
    }
}
