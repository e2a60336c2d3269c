using PatroniOps.Lab;
using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Chaos.Faults;

/// <summary>A member stays away until its slot is dropped and WAL that it needs is removed, and comes back.</summary>
internal static class WalLoss
{
    /// <param name="site">Where.</param>
    /// <param name="keepers">Who keeps that WAL all the same.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task InflictAsync(FaultSite site, IReadOnlyList<LabMember> keepers, CancellationToken cancellationToken)
    {
        foreach (var keeper in keepers)
        {
            await keeper.ExecuteAsync("ALTER SYSTEM SET wal_keep_size = '400MB'", cancellationToken);
            await keeper.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        }
        await Absence.BeginAsync(site.Lab, site.Leader, site.Victim, cancellationToken);
        // The stopped member has got nothing beyond this segment.
        var needed = await WalPressure.CurrentSegmentAsync(site.Leader, cancellationToken);
        var others = site.Lab.Members.Where(m => m != site.Victim).Except(keepers).ToList();
        await WalPressure.RemoveAsync(site.Leader, others, needed, site.Lab.Options.StartTimeout, cancellationToken);
        site.Victim.Start();
    }

    /// <summary>Lets the keepers recycle as the others do.</summary>
    public static async Task ForgetAsync(IReadOnlyList<LabMember> keepers, CancellationToken cancellationToken)
    {
        foreach (var keeper in keepers)
        {
            await keeper.ExecuteAsync("ALTER SYSTEM RESET wal_keep_size", cancellationToken);
            await keeper.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken);
        }
    }
}
