using PatroniOps.Patroni;
using Polly;
using Polly.Hedging;

namespace PatroniOps.Connections;

/// <summary>Asks one address after the other, without waiting for one that hangs, until one has answered.</summary>
internal static class FirstAnswer
{
    // Polly's own limit.
    private const int MostHedged = 10;

    private static readonly TimeSpan HedgingDelay = TimeSpan.FromMilliseconds(250);

    /// <returns>The first answer, or null and why each address gave none, in their order.</returns>
    /// <param name="addresses">At least one.</param>
    /// <param name="ask">Asks one; what it throws as <see cref="PatroniOpsException"/> is no answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(T? Answer, IReadOnlyList<PatroniOpsException> Failures)> OfAsync<T>(
        IReadOnlyList<Uri> addresses, Func<Uri, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var failures = new PatroniOpsException?[addresses.Count];
        var last = -1;

        async Task<T?> AskAsync(CancellationToken token)
        {
            var index = Interlocked.Increment(ref last);
            try
            {
                return await ask(addresses[index], token).ConfigureAwait(false);
            }
            catch (PatroniOpsException e)
            {
                failures[index] = e;
                return null;
            }
        }

        T? answer = null;
        while (answer is null && last + 1 < addresses.Count)
        {
            var more = Math.Min(addresses.Count - last - 2, MostHedged);
            answer = more == 0
                ? await AskAsync(cancellationToken).ConfigureAwait(false)
                : await Hedged(more, AskAsync).ExecuteAsync(async token => await AskAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        return (answer, [.. failures.OfType<PatroniOpsException>()]);
    }

    private static ResiliencePipeline<T?> Hedged<T>(int more, Func<CancellationToken, Task<T?>> ask)
        where T : class =>
        new ResiliencePipelineBuilder<T?>()
            .AddHedging(new HedgingStrategyOptions<T?>
            {
                MaxHedgedAttempts = more,
                Delay = HedgingDelay,
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is null),
                ActionGenerator = next => async () => Outcome.FromResult<T?>(await ask(next.ActionContext.CancellationToken).ConfigureAwait(false)),
            })
            .Build();
}
