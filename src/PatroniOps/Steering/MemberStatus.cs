using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Steering;

/// <summary>Reads GET /patroni of one member; GET /cluster would let a Patroni look as if its loop had run.</summary>
internal static class MemberStatus
{
    public static async Task<Reading<PatroniStatus>> ReadAsync(PatroniConnection connection, MemberSnapshot member, CancellationToken cancellationToken)
    {
        if (member.ApiUrl is not { } api)
            return Reading.Unknown<PatroniStatus>(FailureKind.NotConfigured, "its REST address is not known");
        try
        {
            return PatroniStatus.Parse(await connection.Rest.GetAsync(api, "patroni", cancellationToken).ConfigureAwait(false)) is { } status
                ? Reading.Of(status)
                : Reading.Unknown<PatroniStatus>(FailureKind.InvalidAnswer, $"{api}patroni: the answer is JSON, but not Patroni's.");
        }
        catch (PatroniOpsException e)
        {
            return Reading.Unknown<PatroniStatus>(e);
        }
    }
}
