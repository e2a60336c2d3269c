using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Chaos.Faults;

/// <summary>A member stays away until its slot is dropped and WAL that it needs is removed, and comes back.</summary>
internal static class WalLoss
{
    /// <param name="site">Where.</param>
    /// <param name="servers">From whom the WAL is removed.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task InflictAsync(FaultSite site, IReadOnlyList<LabMember> servers, CancellationToken cancellationToken)
    {
        await Absence.BeginAsync(site.Lab, site.Leader, site.Victim, cancellationToken);
        // The stopped member has got nothing beyond this segment.
        var needed = await WalPressure.CurrentSegmentAsync(site.Leader, cancellationToken);
        await WalPressure.RemoveAsync(site.Leader, servers, needed, site.Lab.Options.StartTimeout, cancellationToken);
        site.Victim.Start();
    }
}
