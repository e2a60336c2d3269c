using PatroniOps.Patroni;

namespace PatroniOps.Connections;

/// <summary>GET /cluster and the address that gave it. A class, so that the code that hands it around is compiled ahead of time.</summary>
internal sealed record SeenCluster(Uri Seed, ClusterView View);

/// <summary>Reads GET /cluster from whichever address answers first: a seed that is down or hangs does not matter while another answers.</summary>
internal static class ClusterViewReader
{
    /// <exception cref="PatroniOpsException">None answered; the text says of each why.</exception>
    public static async Task<SeenCluster> ReadAsync(PatroniRestClient rest, IReadOnlyList<Uri> addresses, CancellationToken cancellationToken)
    {
        if (addresses.Count == 0)
            throw new PatroniOpsException(FailureKind.NotConfigured, "No address of Patroni's REST API is known. Give -Uri http://host:8008.");
        var (answer, failures) = await FirstAnswer.OfAsync(addresses, (address, token) => ViewAsync(rest, address, token), cancellationToken).ConfigureAwait(false);
        return answer ?? throw Combine(failures);
    }

    private static async Task<SeenCluster> ViewAsync(PatroniRestClient rest, Uri address, CancellationToken cancellationToken)
    {
        var document = await rest.GetAsync(address, "cluster", cancellationToken).ConfigureAwait(false);
        return ClusterView.Parse(document) is { } view
            ? new SeenCluster(address, view)
            : throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{address}cluster: the answer is no cluster's list of members. Is this Patroni's REST API?");
    }

    private static PatroniOpsException Combine(IReadOnlyList<PatroniOpsException> failures) => failures.Count == 1
        ? failures[0]
        : new PatroniOpsException(failures[0].Kind, "No member answered. " + string.Join(' ', failures.Select(f => f.Message)), failures[0]);
}
