using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Crash;

/// <summary>For DeltaRestore: the member is a replica whose repository has a backup and all WAL since.</summary>
public sealed class RepositoryCrashLab() : CrashLab("repository", new LabOptions { Archive = ArchiveKind.PgBackRest })
{
    private bool isBackedUp;

    public override async Task<LabMember> VictimAsync()
    {
        var replica = await ReplicaAsync();
        if (!isBackedUp)
            await Lab.BackUpAsync(await Lab.TheLeaderAsync());
        isBackedUp = true;
        return replica;
    }
}
