using System.Security.Cryptography;
using PatroniOps.Patroni;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>
/// Before a directory is moved nothing runs on it and its place is free, whatever happened since the member was stopped: between a crash of the
/// tool and its resumption the machine may have been started again, and Patroni with it, which clones where it finds no data.
/// </summary>
internal static class Standstill
{
    /// <summary>Stops Patroni and PostgreSQL, and sets aside what somebody has made in the place of the data that was set aside.</summary>
    /// <exception cref="PatroniOpsException">The member leads now, or does not stop.</exception>
    public static async Task EnsureAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await StopAsync(context, cancellationToken).ConfigureAwait(false);
        var there = await IdentityAsync(context, job.DataDirectory, cancellationToken).ConfigureAwait(false);
        if (there is null || there == context.Facts[PrepareStep.OldIdentity] || there == context.Facts[PrepareStep.NewIdentity])
            return;
        if (await IdentityAsync(context, job.OldDirectory, cancellationToken).ConfigureAwait(false) != context.Facts[PrepareStep.OldIdentity])
            return;
        var aside = $"{job.DataDirectory}.patroniops-other-{job.Id}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        await context.Files.RenameAsync(job.DataDirectory, aside).ConfigureAwait(false);
        context.See($"{job.DataDirectory}, which somebody has made since, is {aside}");
    }

    /// <summary>Stops Patroni, and whatever PostgreSQL it leaves running, unless the member leads.</summary>
    /// <exception cref="PatroniOpsException">The member leads now, or does not stop.</exception>
    public static async Task StopAsync(RebuildContext context, CancellationToken cancellationToken)
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

    private static async Task<string?> IdentityAsync(RebuildContext context, string path, CancellationToken cancellationToken) =>
        await context.Files.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file ? DirectoryMove.Identity(file) : null;
}
