using System.Security.Cryptography;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>
/// Before a directory is moved nothing runs on it and its place is free, whatever happened since the member was stopped: between a crash of the
/// tool and its resumption the machine may have been started again, and Patroni with it, which clones where it finds no data.
/// </summary>
internal static class FreePlace
{
    /// <summary>Stops Patroni and PostgreSQL, and sets aside what somebody has made in the place of the data that was set aside.</summary>
    /// <exception cref="Patroni.PatroniOpsException">The member leads now, or does not stop.</exception>
    public static async Task EnsureAsync(RebuildContext context, CancellationToken cancellationToken)
    {
        var job = context.Job;
        await Standstill.EnsureAsync(context, cancellationToken).ConfigureAwait(false);
        var there = await IdentityAsync(context, job.DataDirectory, cancellationToken).ConfigureAwait(false);
        if (there is null || there == context.Facts[PrepareStep.OldIdentity] || there == context.Facts[PrepareStep.NewIdentity])
            return;
        if (await IdentityAsync(context, job.OldDirectory, cancellationToken).ConfigureAwait(false) != context.Facts[PrepareStep.OldIdentity])
            return;
        var aside = $"{job.DataDirectory}.patroniops-other-{job.Id}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
        await context.Files.RenameAsync(job.DataDirectory, aside).ConfigureAwait(false);
        context.See($"{job.DataDirectory}, which somebody has made since, is {aside}");
    }

    private static async Task<string?> IdentityAsync(RebuildContext context, string path, CancellationToken cancellationToken) =>
        await context.Files.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file ? DirectoryMove.Identity(file) : null;
}
