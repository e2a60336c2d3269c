using PatroniOps.Patroni;
using Polly;
using Polly.Hedging;

namespace PatroniOps.Connections;

/// <summary>GET /cluster and the address that gave it. A class, so that the code that hands it around is compiled ahead of time.</summary>
internal sealed record SeenCluster(Uri Seed, ClusterView View);

/// <summary>Reads GET /cluster from whichever address answers first: a seed that is down or hangs does not matter while another answers.</summary>
internal static class ClusterViewReader
{
    private static readonly TimeSpan HedgingDelay = TimeSpan.FromMilliseconds(250);

    /// <exception cref="PatroniOpsException">None answered; the text says of each why.</exception>
    public static async Task<SeenCluster> ReadAsync(PatroniRestClient rest, IReadOnlyList<Uri> addresses, CancellationToken cancellationToken)
    {
        if (addresses.Count == 0)
            throw new PatroniOpsException(FailureKind.NotConfigured, "No address of Patroni's REST API is known. Give -Uri http://host:8008.");
        var failures = new PatroniOpsException?[addresses.Count];

        async Task<SeenCluster?> AskAsync(int index, CancellationToken token)
        {
            try
            {
                return await ViewAsync(rest, addresses[index], token).ConfigureAwait(false);
            }
            catch (PatroniOpsException e)
            {
                failures[index] = e;
                return null;
            }
        }

        var answer = addresses.Count == 1
            ? await AskAsync(0, cancellationToken).ConfigureAwait(false)
            : await Hedged(addresses.Count, AskAsync).ExecuteAsync(async token => await AskAsync(0, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return answer ?? throw Combine(failures.OfType<PatroniOpsException>().ToList());
    }

    private static ResiliencePipeline<SeenCluster?> Hedged(int count, Func<int, CancellationToken, Task<SeenCluster?>> ask)
    {
        var last = 0;
        return new ResiliencePipelineBuilder<SeenCluster?>()
            .AddHedging(new HedgingStrategyOptions<SeenCluster?>
            {
                MaxHedgedAttempts = Math.Min(count - 1, 10),
                Delay = HedgingDelay,
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is null),
                ActionGenerator = next => async () =>
                    Outcome.FromResult<SeenCluster?>(await ask(Interlocked.Increment(ref last), next.ActionContext.CancellationToken).ConfigureAwait(false)),
            })
            .Build();
    }

    private static async Task<SeenCluster> ViewAsync(PatroniRestClient rest, Uri address, CancellationToken cancellationToken)
    {
        var document = await rest.GetAsync(address, "cluster", cancellationToken).ConfigureAwait(false);
        return ClusterView.Parse(document) is { } view
            ? new SeenCluster(address, view)
            : throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{address}cluster: the answer has no list of members. Is this Patroni's REST API?");
    }

    private static PatroniOpsException Combine(List<PatroniOpsException> failures) => failures.Count == 1
        ? failures[0]
        : new PatroniOpsException(failures[0].Kind, "No member answered. " + string.Join(' ', failures.Select(f => f.Message)), failures[0]);
}
